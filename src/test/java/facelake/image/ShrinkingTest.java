package facelake.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShrinkingTest {
  @Test
  void smallPicturesStayAsTheyAre() {
    RgbImage image = new RgbImage(new byte[4 * 3 * 3], 4, 3);
    assertThat(image.shrunkTo(4)).isSameAs(image);
  }

  /** Four pixels of 0, 40, 80 and 120 are one of their mean, 60. */
  @Test
  void averagesTheAreaUnderEachPixel() {
    byte[] rgb = new byte[12];
    for (int pixel = 0; pixel < 4; pixel++) {
      for (int channel = 0; channel < 3; channel++) {
        rgb[3 * pixel + channel] = (byte) (40 * pixel + channel);
      }
    }
    assertThat(new RgbImage(rgb, 2, 2).shrunkTo(1).rgb()).containsExactly(60, 61, 62);
  }

  /** Three pixels on two: each takes one whole and half of the middle one. */
  @Test
  void sharesPixelsThatLieOnABorder() {
    byte[] rgb = {0, 0, 0, 90, 90, 90, 30, 30, 30};
    assertThat(new RgbImage(rgb, 3, 1).shrunkTo(2).rgb()).containsExactly(30, 30, 30, 50, 50, 50);
  }

  @Test
  void keepsTheProportions() {
    RgbImage shrunk = new RgbImage(new byte[300 * 200 * 3], 300, 200).shrunkTo(75);
    assertThat(shrunk.width()).isEqualTo(75);
    assertThat(shrunk.height()).isEqualTo(50);
  }
}
