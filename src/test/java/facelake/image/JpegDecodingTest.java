package facelake.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JpegDecodingTest {
  private static final byte[] BASELINE = Pictures.jpeg(Pictures.scene(1, 90, 60), 0.9);
  private static final byte[] PROGRESSIVE =
      Pictures.progressiveJpeg(Pictures.scene(1, 90, 60), 0.9);
  private static final int APP1 = 0xE1;
  private static final int APP2 = 0xE2;
  private static final int APP14 = 0xEE;

  private final ImageDecoder decoder = new ImageDecoder(1_000_000);

  @Test
  void givesTheSamplesOfTheJdksLibjpegWhereThatKnowsTheColours() throws Exception {
    BufferedImage expected = ImageIO.read(new ByteArrayInputStream(BASELINE));

    RgbImage image = rgb(BASELINE);

    for (int i = 0; i < 90 * 60; i++) {
      int argb = expected.getRGB(i % 90, i / 90);
      assertThat(image.rgb()[3 * i]).isEqualTo((byte) (argb >> 16));
      assertThat(image.rgb()[3 * i + 1]).isEqualTo((byte) (argb >> 8));
      assertThat(image.rgb()[3 * i + 2]).isEqualTo((byte) argb);
    }
  }

  @Test
  void givesTheSameSamplesForProgressive() throws ImageFailure {
    assertThat(rgb(PROGRESSIVE).rgb()).isEqualTo(rgb(BASELINE).rgb());
  }

  @Test
  void readsGrayAsStored() throws ImageFailure {
    BufferedImage gray = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
    Arrays.fill(
        ((java.awt.image.DataBufferByte) gray.getRaster().getDataBuffer()).getData(), (byte) 77);

    assertThat(rgb(Pictures.jpeg(gray, 1)).rgb()).containsOnly(77);
  }

  @Test
  void takesComponentsForYcbcrWhateverTheirNumbers() throws ImageFailure {
    byte[] bytes = Splice.withoutJfif(BASELINE);
    int frame = Splice.indexOf(bytes, 0xFF, 0xC0);
    int scan = Splice.indexOf(bytes, 0xFF, 0xDA);
    for (int i = 0; i < 3; i++) {
      bytes[frame + 10 + 3 * i] = (byte) i;
      bytes[scan + 5 + 2 * i] = (byte) i;
    }

    assertThat(rgb(bytes).rgb()).isEqualTo(rgb(BASELINE).rgb());
  }

  @Test
  void takesComponentsForRgbWhereAdobeSaysSo() throws ImageFailure {
    byte[] bytes = jpegOf(200, 100, 50);

    assertThat(Arrays.copyOf(rgb(Splice.withSegment(bytes, APP14, adobe(0))).rgb(), 3))
        .containsExactly(200, 100, 50);
  }

  @Test
  void convertsAdobesCmyk() throws ImageFailure {
    byte[] bytes = Splice.withSegment(jpegOf(200, 100, 50, 128), APP14, adobe(0));

    assertThat(Arrays.copyOf(rgb(bytes).rgb(), 3)).containsExactly(100, 50, 25);
  }

  @Test
  void convertsAdobesYcck() throws ImageFailure {
    byte[] bytes = Splice.withSegment(jpegOf(100, 128, 128, 255), APP14, adobe(2));

    assertThat(Arrays.copyOf(rgb(bytes).rgb(), 3)).containsExactly(155, 155, 155);
  }

  @Test
  void ignoresBrokenColourProfiles() throws ImageFailure {
    byte[] profile =
        Splice.join(Splice.text("ICC_PROFILE\0\1\1"), Splice.text("no profile at all"));

    assertThat(rgb(Splice.withSegment(BASELINE, APP2, profile)).rgb())
        .isEqualTo(rgb(BASELINE).rgb());
  }

  @Test
  void ignoresBrokenExif() throws ImageFailure {
    byte[] exif = Splice.text("Exif\0\0II*\0\u00FF\u00FF\u00FF\u00FF");

    DecodedImage decoded = decoder.decode(Splice.withSegment(BASELINE, APP1, exif));

    assertThat(decoded.orientation()).isEqualTo(1);
    assertThat(decoded.image().rgb()).isEqualTo(rgb(BASELINE).rgb());
  }

  @ParameterizedTest
  @ValueSource(ints = {30, 60, 95})
  void refusesPartOfAPicture(int percent) {
    for (byte[] whole : new byte[][] {BASELINE, PROGRESSIVE}) {
      assertTruncated(Splice.percent(whole, percent));
    }
  }

  @Test
  void refusesPartOfAPictureWithAnEndMarker() {
    byte[] end = {(byte) 0xFF, (byte) 0xD9};

    assertTruncated(Splice.join(Splice.percent(BASELINE, 70), end));
  }

  @Test
  void takesAPictureThatLacksOnlyItsEndMarker() throws ImageFailure {
    byte[] bytes = Arrays.copyOf(BASELINE, BASELINE.length - 2);

    assertThat(rgb(bytes).rgb()).isEqualTo(rgb(BASELINE).rgb());
  }

  @Test
  void refusesSeveralScansWithoutAnEndMarker() {
    assertTruncated(Arrays.copyOf(PROGRESSIVE, PROGRESSIVE.length - 2));
  }

  @Test
  void takesStrayBytesBehindThePicture() throws ImageFailure {
    byte[] bytes = Splice.join(BASELINE, Splice.text("and some more \u00FF\u00D8\u00FF"));

    assertThat(rgb(bytes).rgb()).isEqualTo(rgb(BASELINE).rgb());
  }

  @Test
  void takesStrayBytesBeforeTheEndMarker() throws ImageFailure {
    int end = BASELINE.length - 2;
    byte[] bytes =
        Splice.join(
            Arrays.copyOf(BASELINE, end),
            new byte[40],
            Arrays.copyOfRange(BASELINE, end, BASELINE.length));

    assertThat(rgb(bytes).rgb()).isEqualTo(rgb(BASELINE).rgb());
  }

  @Test
  void namesProcessesThatItCannotRead() {
    byte[] bytes = BASELINE.clone();
    bytes[Splice.indexOf(bytes, 0xFF, 0xC0) + 1] = (byte) 0xC3;

    assertThatThrownBy(() -> decoder.decode(bytes))
        .hasMessage(
            "JPEG with 8-bit samples and process SOF3 cannot be read; convert it to JPEG or PNG");
  }

  private RgbImage rgb(byte[] bytes) throws ImageFailure {
    return decoder.decode(bytes).image();
  }

  private void assertTruncated(byte[] bytes) {
    assertThatThrownBy(() -> decoder.decode(bytes))
        .isInstanceOfSatisfying(
            ImageFailure.class,
            failure -> assertThat(failure.failureClass()).isEqualTo(FailureClass.TRUNCATED))
        .hasMessageStartingWith("The JPEG picture ends early or is damaged: ");
  }

  private static byte[] adobe(int transform) {
    return Splice.join(Splice.text("Adobe\0d\0\0\0\0"), new byte[] {(byte) transform});
  }

  /** Every pixel the same, without any application's segment. */
  private static byte[] jpegOf(int... samples) {
    WritableRaster raster =
        Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 16, 16, samples.length, null);
    for (int i = 0; i < 256; i++) {
      raster.setPixel(i % 16, i / 16, samples);
    }
    return Pictures.jpeg(new IIOImage(raster, null, null), 1);
  }
}
