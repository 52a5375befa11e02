package facelake.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrientationTest {
  private static final byte[] PNG = png();

  private final ImageDecoder decoder = new ImageDecoder(1_000_000);

  /** The stored picture is {@code abc/def}. */
  @ParameterizedTest
  @CsvSource({
    "1, abc/def", "2, cba/fed", "3, fed/cba", "4, def/abc",
    "5, ad/be/cf", "6, da/eb/fc", "7, fc/eb/da", "8, cf/be/ad"
  })
  void turnsThePictureUpright(int orientation, String expected) throws ImageFailure {
    DecodedImage decoded = decoder.decode(Splice.withChunk(PNG, "eXIf", Splice.exif(orientation)));

    assertThat(decoded.orientation()).isEqualTo(orientation);
    assertThat(letters(decoded.image())).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 9, -1})
  void leavesThePictureWhereTheTagIsWrong(int orientation) throws ImageFailure {
    DecodedImage decoded = decoder.decode(Splice.withChunk(PNG, "eXIf", Splice.exif(orientation)));

    assertThat(decoded.orientation()).isEqualTo(1);
    assertThat(letters(decoded.image())).isEqualTo("abc/def");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void readsTheTagOfJpeg(int orientation) throws ImageFailure {
    byte[] jpeg = Pictures.jpeg(Pictures.scene(3, 32, 16), 0.9);
    byte[] exif = Splice.join(Splice.text("Exif\0\0"), Splice.exif(orientation));

    DecodedImage decoded = decoder.decode(Splice.withSegment(jpeg, 0xE1, exif));

    assertThat(decoded.orientation()).isEqualTo(orientation);
    assertThat(decoded.image().width()).isEqualTo(orientation < 5 ? 32 : 16);
    assertThat(decoded.image().rgb())
        .isEqualTo(Orientation.upright(decoder.decode(jpeg).image(), orientation).rgb());
  }

  @Test
  void readsTheTagOfTiff() throws ImageFailure {
    DecodedImage decoded = decoder.decode(Splice.tiff(274, 8));

    assertThat(decoded.orientation()).isEqualTo(8);
    assertThat(decoded.image().width()).isEqualTo(Pictures.HEIGHT);
  }

  @Test
  void readsTheTagOfWebp() throws ImageFailure {
    DecodedImage decoded = decoder.decode(Pictures.resource("orientation6.webp"));

    assertThat(decoded.orientation()).isEqualTo(6);
    assertThat(decoded.image().height()).isEqualTo(Pictures.WIDTH);
  }

  private static byte[] png() {
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_3BYTE_BGR);
    for (int i = 0; i < 6; i++) {
      image.setRGB(i % 3, i / 3, "abcdef".charAt(i) << 16);
    }
    return Pictures.bytes(image, "png");
  }

  private static String letters(RgbImage image) {
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < image.width() * image.height(); i++) {
      if (i > 0 && i % image.width() == 0) {
        letters.append('/');
      }
      letters.append((char) image.rgb()[3 * i]);
    }
    return letters.toString();
  }
}
