package facelake.step.source;

import facelake.TestSpark;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/** A Spark session for the tests of this package, and short ways to write and read inputs. */
final class SourceTesting {
  private SourceTesting() {}

  static SparkSession spark() {
    SparkSession spark = TestSpark.session();
    spark
        .sparkContext()
        .hadoopConfiguration()
        .set("fs.grumpy.impl", GrumpyFileSystem.class.getName());
    return spark;
  }

  static Path write(Path folder, String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  static List<SourceImage> images(Listing listing) {
    return listing.images().collectAsList().stream()
        .map(SourceImage::of)
        .sorted(SourceImage.BY_PLACE)
        .toList();
  }

  static List<String> uris(Listing listing) {
    return images(listing).stream().map(SourceImage::uri).toList();
  }

  /** What is found in inputs of a layout, by URI. */
  static Map<String, SourceImage> byUri(ImageSource source) {
    try (Listing listing = source.list()) {
      return images(listing).stream().collect(Collectors.toMap(SourceImage::uri, image -> image));
    }
  }

  /** What reading gives by URI: the content as text, or the failure's class and message. */
  static Map<String, String> read(ImageSource source, List<SourceImage> images, int partitions) {
    return source.read(images, partitions).collect().stream()
        .collect(Collectors.toMap(fetched -> fetched.image().uri(), SourceTesting::text));
  }

  static Map<String, String> readAll(ImageSource source) {
    try (Listing listing = source.list()) {
      return read(source, images(listing), 3);
    }
  }

  private static String text(Fetched fetched) {
    return fetched.failure() == null
        ? new String(fetched.bytes(), StandardCharsets.UTF_8)
        : fetched.failure().failureClass().label() + ": " + fetched.failure().getMessage();
  }
}
