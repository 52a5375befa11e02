package facelake.step;

import facelake.Sha256;
import facelake.image.ImageDecoder;
import facelake.image.ImageFailure;
import facelake.image.JpegEncoder;
import facelake.image.RgbImage;
import facelake.spark.WholeFile;
import facelake.step.source.Fetched;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/** Writes changed copies of photos as JPEG files: the same bytes for the same photo and change. */
public final class CopyFiles {
  private final SparkSession spark;
  private final long maxPixels;

  /** What is done to a photo; the label names it in files. */
  public enum Change {
    /** The same pixels at quality 50 of 100, as chat programs and news sites send photos on. */
    RECOMPRESSED("recompressed") {
      @Override
      byte[] apply(RgbImage photo) {
        return JpegEncoder.encode(photo, 0.5f);
      }
    },
    /** Half as wide and high, at quality 90, as a gallery shows photos. */
    HALVED("halved") {
      @Override
      byte[] apply(RgbImage photo) {
        int longer = Math.max(photo.width(), photo.height());
        return JpegEncoder.encode(photo.shrunkTo(Math.max(1, longer / 2)), 0.9f);
      }
    };

    private final String label;

    Change(String label) {
      this.label = label;
    }

    /** The word for it, such as {@code recompressed}. */
    public String label() {
      return label;
    }

    abstract byte[] apply(RgbImage photo);
  }

  /**
   * A copy to make.
   *
   * @param imageId sha256 of the photo as it was when the copy was planned
   * @param path URI of the file to write
   */
  public record Order(String imageId, Change change, String path) implements Serializable {}

  /**
   * A writer of copies.
   *
   * @param maxPixels photos with more pixels are not decoded
   */
  public CopyFiles(SparkSession spark, long maxPixels) {
    this.spark = spark;
    this.maxPixels = maxPixels;
  }

  /**
   * Writes the files.
   *
   * @param photos the photos by their uris
   * @param orders what to make of each uri
   * @return a sentence for each copy that could not be made, sorted; empty when all is well
   */
  public List<String> write(JavaRDD<Fetched> photos, Map<String, Order> orders) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<SerializableConfiguration> hadoop =
        context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
    Broadcast<Map<String, Order>> all = context.broadcast(orders);
    long limit = maxPixels;
    return photos
        .map(photo -> write(photo, all.value().get(photo.image().uri()), limit, hadoop.value()))
        .filter(complaint -> !complaint.isEmpty())
        .collect()
        .stream()
        .sorted()
        .toList();
  }

  /** What went wrong, or nothing. */
  private static String write(
      Fetched photo, Order order, long maxPixels, SerializableConfiguration hadoop)
      throws IOException {
    String uri = photo.image().uri();
    if (photo.failure() != null) {
      return uri + ": " + photo.failure().getMessage();
    }
    if (!Sha256.hex(photo.bytes()).equals(order.imageId())) {
      return uri + ": its content is not what was indexed";
    }
    try {
      RgbImage image = new ImageDecoder(maxPixels).decode(photo.bytes()).image();
      WholeFile.write(order.change().apply(image), new Path(order.path()), hadoop.value());
      return "";
    } catch (ImageFailure e) {
      return uri + ": " + e.getMessage();
    }
  }
}
