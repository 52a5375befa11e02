package facelake.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PerceptualHashTest {
  private final ImageDecoder decoder = new ImageDecoder(10_000_000);

  @ParameterizedTest
  @CsvSource({"400, 300, 0.3", "400, 300, 0.9", "201, 151, 0.8", "77, 90, 0.9", "1200, 900, 0.7"})
  void staysCloseUnderResizingAndRecompression(int width, int height, double quality)
      throws ImageFailure {
    for (int seed = 0; seed < 5; seed++) {
      long original = hash(Pictures.bytes(Pictures.scene(seed, 400, 300), "png"));

      long copy = hash(Pictures.jpeg(Pictures.scene(seed, width, height), quality));

      assertThat(Long.bitCount(original ^ copy)).isLessThanOrEqualTo(8);
    }
  }

  @Test
  void tellsPicturesApart() throws ImageFailure {
    for (int seed = 0; seed < 10; seed++) {
      long one = hash(Pictures.bytes(Pictures.scene(seed, 400, 300), "png"));
      long other = hash(Pictures.bytes(Pictures.scene(seed + 1, 400, 300), "png"));

      assertThat(Long.bitCount(one ^ other)).isGreaterThan(16);
    }
  }

  @Test
  void givesEvenPicturesZero() {
    byte[] rgb = new byte[50 * 40 * 3];
    Arrays.fill(rgb, (byte) 123);

    assertThat(PerceptualHash.of(new RgbImage(rgb, 50, 40))).isZero();
  }

  @Test
  void takesPicturesSmallerThanItsGrid() throws ImageFailure {
    byte[] bytes = Pictures.bytes(Pictures.formula(BufferedImage.TYPE_3BYTE_BGR), "png");

    assertThat(hash(bytes)).isNotZero();
  }

  private long hash(byte[] bytes) throws ImageFailure {
    return PerceptualHash.of(decoder.decode(bytes).image());
  }
}
