package facelake.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import facelake.Sha256;
import facelake.TestSpark;
import facelake.image.ImageDecoder;
import facelake.image.ImageFailure;
import facelake.image.JpegEncoder;
import facelake.image.RgbImage;
import facelake.step.Thumbnails.Cut;
import facelake.step.Thumbnails.Look;
import facelake.step.Thumbnails.Photo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A photo of 400 by 300 pixels, black but for a face in red at (100, 50) to (199, 149). */
class ThumbnailsTest {
  private static final String FACE = "ab12";

  private final SparkSession spark = TestSpark.session();
  @TempDir private Path temp;
  private Path photo;
  private byte[] bytes;

  @BeforeEach
  void writePhoto() throws IOException {
    byte[] rgb = new byte[400 * 300 * 3];
    for (int y = 50; y < 150; y++) {
      for (int x = 100; x < 200; x++) {
        rgb[(y * 400 + x) * 3] = (byte) 255;
      }
    }
    bytes = JpegEncoder.encode(new RgbImage(rgb, 400, 300), 1f);
    photo = Files.createDirectories(temp.resolve("photos")).resolve("1.jpg");
    Files.write(photo, bytes);
  }

  @Test
  void cutsASquareWithRoomAroundAFaceAndAWholePhoto() throws Exception {
    assertThat(write(Look.PLAIN, face(100, 50, 199, 149), Cut.photo("cd34"))).isEmpty();

    RgbImage face = read(Thumbnails.fileOfFace(FACE));
    assertThat(face.width()).isEqualTo(150);
    assertThat(face.height()).isEqualTo(150);
    assertThat(red(face, 75, 75)).isCloseTo(255, within(8));
    assertThat(red(face, 12, 12)).isCloseTo(0, within(8));
    assertThat(red(face, 137, 137)).isCloseTo(0, within(8));
    RgbImage whole = read(Thumbnails.fileOfPhoto("cd34"));
    assertThat(whole.width()).isEqualTo(320);
    assertThat(whole.height()).isEqualTo(240);
  }

  @Test
  void staysInsideThePhoto() throws Exception {
    assertThat(write(Look.PLAIN, face(0, 0, 399, 299))).isEmpty();

    RgbImage face = read(Thumbnails.fileOfFace(FACE));
    assertThat(face.width()).isEqualTo(160);
    assertThat(face.height()).isEqualTo(120);
  }

  @Test
  void blursWhatNobodyIsToSee() throws Exception {
    assertThat(write(Look.BLURRED, face(100, 50, 199, 149), Cut.photo("cd34"))).isEmpty();

    assertThat(read(Thumbnails.fileOfFace(FACE)).width()).isEqualTo(8);
    assertThat(read(Thumbnails.fileOfPhoto("cd34")).width()).isEqualTo(12);
  }

  @Test
  void cutsNothingTwiceAndLeavesNothingElse() throws IOException {
    write(Look.PLAIN, face(100, 50, 199, 149));
    Path made = temp.resolve("site/" + Thumbnails.fileOfFace(FACE));
    Files.setLastModifiedTime(made, FileTime.fromMillis(0));

    assertThat(write(Look.PLAIN, face(100, 50, 199, 149), Cut.photo("cd34"))).isEmpty();

    assertThat(Files.getLastModifiedTime(made).toMillis()).isZero();
    assertThat(made.getParent().toFile().list()).containsExactly(FACE + ".jpg");
    assertThat(temp.resolve("site/" + Thumbnails.fileOfPhoto("cd34"))).exists();
  }

  @Test
  void saysWhyThereIsNoPicture() throws IOException {
    Files.write(photo, new byte[] {1, 2, 3});
    assertThat(write(Look.PLAIN, face(100, 50, 199, 149)))
        .containsExactly(Map.entry(uri(), "has changed since it was indexed"));

    bytes = new byte[] {1, 2, 3};
    assertThat(write(Look.PLAIN, face(100, 50, 199, 149)).get(uri()))
        .startsWith("This is no picture");

    Files.delete(photo);
    Files.write(photo.resolveSibling("2.jpg"), bytes);
    assertThat(write(Look.PLAIN, face(100, 50, 199, 149)).get(uri()))
        .startsWith("is no longer in file:");
  }

  private Map<String, String> write(Look look, Cut... cuts) {
    return new Thumbnails(spark, temp.resolve("site").toUri().toString(), look)
        .write(
            List.of(
                new Photo(uri(), "file://" + photo.getParent(), Sha256.hex(bytes), List.of(cuts))));
  }

  private static Cut face(int left, int top, int right, int bottom) {
    return Cut.face(FACE, RowFactory.create(left, top, right, bottom));
  }

  private String uri() {
    return "file://" + photo;
  }

  private RgbImage read(String file) throws IOException, ImageFailure {
    return new ImageDecoder(1_000_000)
        .decode(Files.readAllBytes(temp.resolve("site").resolve(file)))
        .image();
  }

  private static int red(RgbImage image, int x, int y) {
    return image.rgb()[(y * image.width() + x) * 3] & 0xff;
  }
}
