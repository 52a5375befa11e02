package facelake.step;

import static org.assertj.core.api.Assertions.assertThat;

import facelake.Sha256;
import facelake.TestSpark;
import facelake.image.DecodedImage;
import facelake.image.ImageDecoder;
import facelake.image.ImageFailure;
import facelake.image.JpegEncoder;
import facelake.image.RgbImage;
import facelake.step.CopyFiles.Change;
import facelake.step.CopyFiles.Order;
import facelake.step.source.Originals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CopyFilesTest {
  private static final byte[] PHOTO =
      JpegEncoder.encode(new RgbImage(new byte[3 * 40 * 30], 40, 30), 0.9f);

  private final SparkSession spark = TestSpark.session();
  @TempDir private Path temp;
  private String uri;

  @BeforeEach
  void writePhoto() throws IOException {
    Path photo = Files.createDirectories(temp.resolve("photos")).resolve("1.jpg");
    Files.write(photo, PHOTO);
    uri = "file://" + photo;
  }

  @Test
  void writesAPhotoOfTheSameSizeOrOfHalf() throws IOException, ImageFailure {
    assertThat(write(Change.RECOMPRESSED, PHOTO)).isEmpty();
    assertThat(copy().image().width()).isEqualTo(40);
    assertThat(copy().image().height()).isEqualTo(30);

    assertThat(write(Change.HALVED, PHOTO)).isEmpty();
    assertThat(copy().image().width()).isEqualTo(20);
    assertThat(copy().image().height()).isEqualTo(15);
  }

  @Test
  void writesTheSameBytesAgainAndNothingElse() throws IOException {
    write(Change.HALVED, PHOTO);
    byte[] first = Files.readAllBytes(path());
    write(Change.HALVED, PHOTO);

    assertThat(path()).hasBinaryContent(first);
    assertThat(path().getParent().toFile().list()).containsExactly("copy.jpg");
  }

  @Test
  void saysWhichPhotoIsAnotherOneNow() {
    assertThat(write(Change.HALVED, new byte[] {1}))
        .containsExactly(uri + ": its content is not what was indexed");
    assertThat(path()).doesNotExist();
  }

  @Test
  void saysWhichPhotoCannotBeDecoded() throws IOException {
    byte[] broken = {1, 2, 3};
    Files.write(temp.resolve("photos/1.jpg"), broken);

    assertThat(write(Change.HALVED, broken)).singleElement().asString().startsWith(uri + ": ");
  }

  private List<String> write(Change change, byte[] indexed) {
    Map<String, Set<String>> uris = Map.of("file://" + temp.resolve("photos"), Set.of(uri));
    Order order = new Order(Sha256.hex(indexed), change, path().toUri().toString());
    return new CopyFiles(spark, 10_000)
        .write(Originals.find(spark, uris).photos(1), Map.of(uri, order));
  }

  private Path path() {
    return temp.resolve("made/copy.jpg");
  }

  private DecodedImage copy() throws IOException, ImageFailure {
    return new ImageDecoder(10_000).decode(Files.readAllBytes(path()));
  }
}
