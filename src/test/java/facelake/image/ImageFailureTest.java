package facelake.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFailureTest {
  private static final BufferedImage SCENE = Pictures.scene(2, 90, 60);

  private final ImageDecoder decoder = new ImageDecoder(100_000_000);

  @Test
  void saysThatAFileIsEmpty() {
    assertFailure(
        new byte[0], FailureClass.NOT_AN_IMAGE, "This is no picture: the file is empty (0 bytes)");
  }

  @Test
  void showsHowTextBegins() {
    assertFailure(
        Splice.text("<!DOCTYPE html>\n<html><body>404"),
        FailureClass.NOT_AN_IMAGE,
        "This is no picture: its 31 bytes begin with the text \"<!DOCTYPE html>\"");
  }

  @Test
  void showsHowOtherBytesBegin() {
    assertFailure(
        Splice.text("\0\u0001\u00FE"),
        FailureClass.NOT_AN_IMAGE,
        "This is no picture: its 3 bytes begin with 00 01 fe");
  }

  @ParameterizedTest
  @CsvSource({
    "0000001866747970686569630000, A HEIC picture",
    "0000001866747970617669660000, An AVIF picture",
    "0000000c6a5020200d0a870a, A JPEG 2000 picture",
    "ff0afa7f, A JPEG XL picture",
    "38425053000100000000, A Photoshop document (PSD)",
    "000001000100101000000100, An icon (ICO)",
    "255044462d312e37, A PDF document",
    "49492a0010000000435202, A camera raw file (CR2)"
  })
  void namesPicturesThatItCannotRead(String hex, String what) {
    assertFailure(
        HexFormat.of().parseHex(hex),
        FailureClass.UNSUPPORTED,
        what + " cannot be read; convert it to JPEG or PNG");
  }

  @ParameterizedTest
  @CsvSource({"50706, 0x01040000", "254, 1"})
  void refusesPreviewsOfCameraRawFiles(int tag, String value) {
    assertFailure(
        Splice.tiff(tag, Integer.decode(value)),
        FailureClass.UNSUPPORTED,
        "A camera raw file (DNG, NEF, ARW or the like) cannot be read; convert it to JPEG or PNG");
  }

  @Test
  void refusesTiffOfManySamples() {
    assertFailure(
        Splice.tiff(277, 60_000),
        FailureClass.UNSUPPORTED,
        "A TIFF picture of 60000 samples a pixel cannot be read; convert it to JPEG or PNG");
  }

  @Test
  void refusesADeclaredSizeOverTheLimit() {
    assertFailure(
        Splice.pngHeader(60_000, 60_000),
        FailureClass.TOO_LARGE,
        "The PNG picture declares 60000 x 60000 = 3600000000 pixels, the limit is 100000000;"
            + " raise it with --max-pixels");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "png", "gif", "bmp", "tiff"})
  void asksTheLimitForEveryFormat(String format) {
    byte[] bytes = Pictures.bytes(SCENE, format);

    assertThatThrownBy(() -> new ImageDecoder(90 * 60 - 1).decode(bytes))
        .isInstanceOfSatisfying(
            ImageFailure.class,
            failure -> assertThat(failure.failureClass()).isEqualTo(FailureClass.TOO_LARGE))
        .hasMessageContaining("90 x 60 = 5400 pixels, the limit is 5399");
  }

  @Test
  void asksTheLimitForTheSizeInsideAWebpContainer() {
    byte[] bytes = Pictures.resource("orientation6.webp");
    int size = Splice.indexOf(bytes, 'V', 'P', '8', 'L') + 9;
    bytes[size] = (byte) 0xFF;
    bytes[size + 1] = (byte) 0xFF;
    bytes[size + 2] = (byte) 0xFF;

    assertThatThrownBy(() -> new ImageDecoder(1_000_000).decode(bytes))
        .hasMessageStartingWith("The WEBP picture declares 16384 x 1024 = 16777216 pixels");
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "gif", "bmp", "tiff"})
  void refusesPartOfAPicture(String format) {
    byte[] whole = Pictures.bytes(SCENE, format);
    for (int percent : new int[] {30, 60, 95}) {
      assertTruncated(Splice.percent(whole, percent));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"lossless.webp", "lossy.webp", "animated.webp"})
  void refusesPartOfAWebp(String name) {
    byte[] whole = Pictures.resource(name);
    for (int percent : new int[] {30, 60, 95}) {
      assertTruncated(Splice.percent(whole, percent));
    }
  }

  /** The reader would go on, by an exception for each of 10^8 pixels: minutes for 202 bytes. */
  @Test
  @Timeout(60)
  void doesNotReadOnWhereTheDataOfALargeWebpStop() {
    byte[] bytes = Pictures.resource("lossless.webp");
    int size = Splice.indexOf(bytes, 'V', 'P', '8', 'L') + 9;
    int side = 9999;
    for (int i = 0; i < 4; i++) {
      bytes[size + i] = (byte) ((side | side << 14 | bytes[size + 3] << 24 & 0xF0000000) >> 8 * i);
    }
    assertTruncated(bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ffd8ff",
        "89504e470d0a1a0a",
        "474946383961",
        "424d",
        "524946460000000057454250",
        "49492a00"
      })
  void refusesWhatEndsAfterItsFirstBytes(String hex) {
    assertTruncated(HexFormat.of().parseHex(hex));
  }

  /** Two of four pixels: the codes clear, 0, 0, end in three bits each. */
  @Test
  void refusesAGifWhoseDataEndBeforeItsRows() {
    String header = "474946383961" + "0200020080" + "0000" + "000000ffffff";
    String frame = "2c0000000002000200" + "00" + "02" + "02040a00" + "3b";

    assertFailure(
        HexFormat.of().parseHex(header + frame),
        FailureClass.TRUNCATED,
        "The GIF picture ends early or is damaged: only 50 % of the rows are there");
  }

  @Test
  void refusesAPngWithAWrongChecksum() {
    byte[] bytes = Pictures.bytes(SCENE, "png");
    bytes[bytes.length / 2] ^= 1;

    assertFailure(
        bytes,
        FailureClass.TRUNCATED,
        "The PNG picture ends early or is damaged: the chunk at byte 33 has a wrong checksum");
  }

  @Test
  void neverTakesTheEndOfMemoryForAFailureOfThePicture() {
    OutOfMemoryError error = new OutOfMemoryError("Java heap space");

    assertThatThrownBy(() -> Failures.of(ImageFormat.PNG, new IOException("wrapped", error)))
        .isSameAs(error);
  }

  @Test
  void takesALengthBeyondAnyArrayForAFailureOfThePicture() {
    OutOfMemoryError error = new OutOfMemoryError("Requested array size exceeds VM limit");

    assertThat(Failures.of(ImageFormat.BMP, error).failureClass())
        .isEqualTo(FailureClass.TRUNCATED);
  }

  private void assertTruncated(byte[] bytes) {
    assertThatThrownBy(() -> decoder.decode(bytes))
        .isInstanceOfSatisfying(
            ImageFailure.class,
            failure -> assertThat(failure.failureClass()).isEqualTo(FailureClass.TRUNCATED))
        .hasMessageContaining(" picture ends early or is damaged: ");
  }

  private void assertFailure(byte[] bytes, FailureClass failureClass, String message) {
    assertThatThrownBy(() -> decoder.decode(bytes))
        .isInstanceOfSatisfying(
            ImageFailure.class,
            failure -> assertThat(failure.failureClass()).isEqualTo(failureClass))
        .hasMessage(message);
  }
}
