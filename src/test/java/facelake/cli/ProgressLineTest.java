package facelake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProgressLineTest {
  @Test
  void tellsWhatThereIsToDoBeforeAnythingIsDone() {
    assertThat(ProgressLine.line(0, 0, 0, 12_000, 3)).isEqualTo("12,000 images to do");
  }

  @Test
  void tellsSpeedAndTimeLeft() {
    assertThat(ProgressLine.line(1_000, 1_500, 2, 12_000, 100))
        .isEqualTo("1,000 of 12,000 images, 10.0 images/s, 1,500 faces, 2 failed, 18:20 left");
    assertThat(ProgressLine.line(10, 0, 0, 100_010, 10)).endsWith("27:46:40 left");
  }
}
