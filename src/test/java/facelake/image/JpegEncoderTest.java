package facelake.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JpegEncoderTest {
  private static final RgbImage PICTURE = gradient(60, 40);

  @Test
  void whatItWritesIsThePicture() throws ImageFailure {
    DecodedImage decoded = new ImageDecoder(10_000).decode(JpegEncoder.encode(PICTURE, 0.95f));

    assertThat(decoded.format()).isEqualTo(ImageFormat.JPEG);
    assertThat(decoded.image().width()).isEqualTo(60);
    assertThat(decoded.image().height()).isEqualTo(40);
    for (int i = 0; i < PICTURE.rgb().length; i++) {
      int difference = (decoded.image().rgb()[i] & 0xff) - (PICTURE.rgb()[i] & 0xff);
      assertThat(Math.abs(difference)).as("sample %d", i).isLessThan(12);
    }
  }

  @Test
  void givesTheSameBytesAgainAndFewerOfLessQuality() {
    byte[] good = JpegEncoder.encode(PICTURE, 0.9f);

    assertThat(JpegEncoder.encode(PICTURE, 0.9f)).isEqualTo(good);
    assertThat(JpegEncoder.encode(PICTURE, 0.3f).length).isLessThan(good.length);
  }

  private static RgbImage gradient(int width, int height) {
    byte[] rgb = new byte[width * height * 3];
    for (int i = 0; i < width * height; i++) {
      rgb[3 * i] = (byte) (i % width * 4);
      rgb[3 * i + 1] = (byte) (i / width * 6);
      rgb[3 * i + 2] = (byte) (i % width + i / width);
    }
    return new RgbImage(rgb, width, height);
  }
}
