package facelake.image;

import static org.assertj.core.api.Assertions.assertThat;

import facelake.Trial;
import org.junit.jupiter.api.Test;

/** The script {@code src/test/scripts/hostile-inputs} tries many more. */
class HostileImagesTest {
  private static final int PICTURES = 2000;

  /** Generous: the slowest fill the limit on pixels with what a few bytes claim. */
  private static final double MOST_SECONDS = 30;

  @Test
  void everyDamagedPictureIsDecodedOrHasAFailureClass() {
    Trial trial = new Trial();
    new HostileImages(1).decode(0, PICTURES, trial);

    assertThat(trial.faults()).isEmpty();
    assertThat(trial.outcomes())
        .containsKeys("decoded", "not-an-image", "too-large", "truncated", "unsupported");
    assertThat(trial.longest()).as(trial.slowest()).isLessThan(MOST_SECONDS);
  }
}
