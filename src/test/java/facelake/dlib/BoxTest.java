package facelake.dlib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BoxTest {
  @Test
  void countsItsLastPixels() {
    Box box = new Box(10, 20, 19, 39);
    assertThat(box.width()).isEqualTo(10);
    assertThat(box.height()).isEqualTo(20);
  }

  @Test
  void clipsToThePicture() {
    assertThat(new Box(-5, -1, 200, 60).clippedTo(100, 50)).isEqualTo(new Box(0, 0, 99, 49));
  }

  @Test
  void overlapIsIntersectionOverUnion() {
    Box box = new Box(0, 0, 9, 9);
    assertThat(box.overlap(box)).isEqualTo(1);
    assertThat(box.overlap(new Box(10, 0, 19, 9))).isZero();
    assertThat(box.overlap(new Box(5, 0, 14, 9))).isCloseTo(50.0 / 150, within(1e-12));
  }

  @Test
  void scalesWithThePicture() {
    assertThat(new Box(10, 20, 19, 39).scaled(2)).isEqualTo(new Box(20, 40, 39, 79));
  }
}
