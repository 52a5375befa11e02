package facelake.step.source;

import static org.apache.spark.sql.functions.broadcast;

import facelake.UserError;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Photos that were indexed earlier, read again from where they were then. */
public final class Originals {
  private final SparkSession spark;
  private final Map<ImageSource, List<SourceImage>> found;
  private final SortedMap<String, String> missing;

  private Originals(
      SparkSession spark,
      Map<ImageSource, List<SourceImage>> found,
      SortedMap<String, String> missing) {
    this.spark = spark;
    this.found = found;
    this.missing = missing;
  }

  /**
   * Looks where photos are now. Lists their sources again, whose layouts must be plain to see (see
   * {@link ImageSource#open}).
   *
   * @param uris the photos' uris by their sources, as the table {@code images} has both
   */
  public static Originals find(SparkSession spark, Map<String, Set<String>> uris) {
    Storage storage = Storage.of(spark);
    Map<ImageSource, List<SourceImage>> found = new LinkedHashMap<>();
    SortedMap<String, String> missing = new TreeMap<>();
    uris.forEach(
        (name, wanted) -> {
          SortedSet<String> left = new TreeSet<>(wanted);
          try {
            ImageSource source = ImageSource.open(spark, List.of(asInput(storage, name)));
            List<SourceImage> images = find(spark, source, wanted);
            images.forEach(image -> left.remove(image.uri()));
            found.put(source, images);
            left.forEach(uri -> missing.put(uri, "is no longer in " + name));
          } catch (UserError e) {
            left.forEach(uri -> missing.put(uri, e.getMessage()));
          }
        });
    return new Originals(spark, found, missing);
  }

  /** Why photos are not there, by their uris. */
  public SortedMap<String, String> missing() {
    return missing;
  }

  /**
   * These, if all are there.
   *
   * @throws UserError when a source or a photo is no longer there
   */
  public Originals requireAll() {
    if (!missing.isEmpty()) {
      throw new UserError(
          "%,d of %,d photos are gone, such as %s, which %s; put them back, or index what is there"
              + " into a new lake",
          missing.size(),
          missing.size() + found.values().stream().mapToInt(List::size).sum(),
          missing.firstKey(),
          missing.get(missing.firstKey()));
    }
    return this;
  }

  /**
   * The bytes of the photos that are there, one row each; what cannot be read is a row with a
   * failure.
   *
   * @param partitions of the photos of each source at most, 1 or more
   */
  public JavaRDD<Fetched> photos(int partitions) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    List<JavaRDD<Fetched>> all = new ArrayList<>();
    found.forEach((source, images) -> all.add(source.read(images, partitions)));
    return all.stream().reduce(JavaRDD::union).orElseGet(context::emptyRDD);
  }

  private static List<SourceImage> find(
      SparkSession spark, ImageSource source, Set<String> wanted) {
    List<SourceImage> found = new ArrayList<>();
    Dataset<Row> uris = spark.createDataset(new ArrayList<>(wanted), Encoders.STRING()).toDF("uri");
    try (Listing listing = source.list()) {
      listing
          .images()
          .join(broadcast(uris), "uri")
          .collectAsList()
          .forEach(row -> found.add(SourceImage.of(row)));
    }
    return found;
  }

  /** A source is the escaped URI of what it names, but of a glob it is what the user wrote. */
  static String asInput(Storage storage, String source) {
    try {
      Path path = SourceUri.path(source);
      return storage.fileSystem(path).exists(path) ? path.toString() : source;
    } catch (IllegalArgumentException | IOException e) {
      return source;
    }
  }
}
