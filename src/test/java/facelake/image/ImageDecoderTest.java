package facelake.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facelake.UserError;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {
  private final ImageDecoder decoder = new ImageDecoder(1_000_000);

  @ParameterizedTest
  @CsvSource({"png, PNG", "bmp, BMP", "tiff, TIFF"})
  void givesTheSamplesOfLosslessFormats(String name, ImageFormat format) throws ImageFailure {
    byte[] bytes = Pictures.bytes(Pictures.formula(BufferedImage.TYPE_3BYTE_BGR), name);

    DecodedImage decoded = decoder.decode(bytes);

    assertThat(decoded.format()).isEqualTo(format);
    assertThat(decoded.orientation()).isEqualTo(1);
    assertThat(decoded.image().width()).isEqualTo(Pictures.WIDTH);
    assertThat(decoded.image().height()).isEqualTo(Pictures.HEIGHT);
    assertThat(decoded.image().rgb()).isEqualTo(Pictures.formulaRgb());
  }

  @ParameterizedTest
  @ValueSource(strings = {"lossless.webp", "animated.webp"})
  void givesTheSamplesOfLosslessWebpAndOfAnAnimationsFirstFrame(String name) throws ImageFailure {
    DecodedImage decoded = decoder.decode(Pictures.resource(name));

    assertThat(decoded.format()).isEqualTo(ImageFormat.WEBP);
    assertThat(decoded.image().rgb()).isEqualTo(Pictures.formulaRgb());
  }

  @Test
  void readsLossyWebp() throws ImageFailure {
    assertClose(decoder.decode(Pictures.resource("lossy.webp")).image(), 20);
  }

  @Test
  void replicatesGrayWithoutGamma() throws ImageFailure {
    BufferedImage gray = new BufferedImage(256, 1, BufferedImage.TYPE_BYTE_GRAY);
    for (int x = 0; x < 256; x++) {
      gray.getRaster().setSample(x, 0, 0, x);
    }
    for (String format : new String[] {"png", "bmp", "tiff"}) {
      byte[] rgb = decoder.decode(Pictures.bytes(gray, format)).image().rgb();
      for (int x = 0; x < 256; x++) {
        assertThat(pixel(rgb, x)).as(format).containsExactly(x, x, x);
      }
    }
  }

  @Test
  void takesTheHighByteOfSixteenBits() throws ImageFailure {
    int[] samples = {0x1234, 0x80FF, 0xFE01};
    WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_USHORT, 1, 1, 3, null);
    raster.setPixel(0, 0, samples);
    ColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            false,
            false,
            ColorModel.OPAQUE,
            DataBuffer.TYPE_USHORT);
    byte[] png = Pictures.bytes(new BufferedImage(model, raster, false, null), "png");

    assertThat(pixel(decoder.decode(png).image().rgb(), 0)).containsExactly(0x12, 0x80, 0xFE);
  }

  @Test
  void takesTheHighByteOfSixteenBitGray() throws ImageFailure {
    BufferedImage gray = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
    gray.getRaster().setSample(0, 0, 0, 0xABCD);

    byte[] rgb = decoder.decode(Pictures.bytes(gray, "png")).image().rgb();

    assertThat(pixel(rgb, 0)).containsExactly(0xAB, 0xAB, 0xAB);
  }

  @Test
  void laysAlphaOverBlackAsDlibRounds() throws ImageFailure {
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0xFF6496C8);
    image.setRGB(1, 0, 0x806496C8);
    image.setRGB(2, 0, 0x006496C8);

    byte[] rgb = decoder.decode(Pictures.bytes(image, "png")).image().rgb();

    assertThat(pixel(rgb, 0)).containsExactly(100, 150, 200);
    assertThat(pixel(rgb, 1)).containsExactly(100 * 128 >> 8, 150 * 128 >> 8, 200 * 128 >> 8);
    assertThat(pixel(rgb, 2)).containsExactly(0, 0, 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "gif"})
  void looksPalettesUpWithTransparencyBlack(String format) throws ImageFailure {
    byte[] red = {10, 20, 30, 40};
    byte[] green = {50, 60, 70, 80};
    byte[] blue = {90, 100, 110, 120};
    int transparent = 2;
    IndexColorModel palette = new IndexColorModel(2, 4, red, green, blue, transparent);
    BufferedImage image = new BufferedImage(4, 1, BufferedImage.TYPE_BYTE_INDEXED, palette);
    for (int x = 0; x < 4; x++) {
      image.getRaster().setSample(x, 0, 0, x);
    }

    byte[] rgb = decoder.decode(Pictures.bytes(image, format)).image().rgb();

    assertThat(pixel(rgb, 0)).containsExactly(10, 50, 90);
    assertThat(pixel(rgb, 1)).containsExactly(20, 60, 100);
    assertThat(pixel(rgb, 2)).containsExactly(0, 0, 0);
    assertThat(pixel(rgb, 3)).containsExactly(40, 80, 120);
  }

  @Test
  void readsBlackAndWhite() throws ImageFailure {
    BufferedImage image = new BufferedImage(9, 1, BufferedImage.TYPE_BYTE_BINARY);
    image.setRGB(8, 0, 0xFFFFFFFF);
    for (String format : new String[] {"png", "bmp", "tiff", "gif"}) {
      byte[] rgb = decoder.decode(Pictures.bytes(image, format)).image().rgb();
      assertThat(pixel(rgb, 7)).as(format).containsExactly(0, 0, 0);
      assertThat(pixel(rgb, 8)).as(format).containsExactly(255, 255, 255);
    }
  }

  @Test
  void readsPackedPixels() throws ImageFailure {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_555_RGB);
    image.getRaster().setPixel(0, 0, new int[] {31, 16, 0});

    byte[] rgb = decoder.decode(Pictures.bytes(image, "bmp")).image().rgb();

    assertThat(pixel(rgb, 0)).containsExactly(255, 132, 0);
  }

  @Test
  void takesAPictureOfExactlyTheLimit() throws ImageFailure {
    byte[] bytes = Pictures.bytes(Pictures.formula(BufferedImage.TYPE_INT_RGB), "png");

    assertThat(new ImageDecoder(24 * 16).decode(bytes).image().rgb()).hasSize(24 * 16 * 3);
  }

  @Test
  void goesOnAfterFailures() throws ImageFailure {
    byte[] bytes = Pictures.jpeg(Pictures.formula(BufferedImage.TYPE_3BYTE_BGR), 0.9);
    byte[] before = decoder.decode(bytes).image().rgb();

    assertThatThrownBy(() -> decoder.decode(Splice.percent(bytes, 80)))
        .isInstanceOf(ImageFailure.class);

    assertThat(decoder.decode(bytes).image().rgb()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 500_000_001})
  void rejectsLimitsOutsideTheRange(long maxPixels) {
    assertThatThrownBy(() -> new ImageDecoder(maxPixels))
        .isInstanceOf(UserError.class)
        .hasMessage("--max-pixels is %d; give a number from 1 to 500000000".formatted(maxPixels));
  }

  private static void assertClose(RgbImage image, int mostMean) {
    byte[] expected = Pictures.formulaRgb();
    int sum = 0;
    for (int i = 0; i < expected.length; i++) {
      sum += Math.abs((expected[i] & 0xFF) - (image.rgb()[i] & 0xFF));
    }
    assertThat(sum / expected.length).isLessThan(mostMean);
  }

  private static int[] pixel(byte[] rgb, int index) {
    return new int[] {rgb[3 * index] & 0xFF, rgb[3 * index + 1] & 0xFF, rgb[3 * index + 2] & 0xFF};
  }
}
