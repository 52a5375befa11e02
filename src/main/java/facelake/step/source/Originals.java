package facelake.step.source;

import static org.apache.spark.sql.functions.col;

import facelake.UserError;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** Photos that were indexed earlier, read again from where they were then. */
public final class Originals {
  private Originals() {}

  /**
   * The bytes of photos, one row each; what cannot be read is a row with a failure. Lists the
   * sources again, whose layouts must be plain to see (see {@link ImageSource#open}).
   *
   * @param uris the photos' uris by their sources, as the table {@code images} has both
   * @param partitions of the photos of each source at most, 1 or more
   * @throws UserError when a source or a photo is no longer there
   */
  public static JavaRDD<Fetched> read(
      SparkSession spark, Map<String, Set<String>> uris, int partitions) {
    Storage storage = Storage.of(spark);
    JavaRDD<Fetched> all = JavaSparkContext.fromSparkContext(spark.sparkContext()).emptyRDD();
    for (Map.Entry<String, Set<String>> of : uris.entrySet()) {
      ImageSource source = ImageSource.open(spark, List.of(asInput(storage, of.getKey())));
      all = all.union(source.read(find(source, of.getKey(), of.getValue()), partitions));
    }
    return all;
  }

  private static List<SourceImage> find(ImageSource source, String name, Set<String> wanted) {
    List<SourceImage> found = new ArrayList<>();
    try (Listing listing = source.list()) {
      listing
          .images()
          .where(col("uri").isInCollection(wanted))
          .collectAsList()
          .forEach(row -> found.add(SourceImage.of(row)));
    }
    if (found.size() < wanted.size()) {
      Set<String> missing = new TreeSet<>(wanted);
      found.forEach(image -> missing.remove(image.uri()));
      throw new UserError(
          "%d of %d photos are no longer in %s, such as %s; put them back, or index what is there"
              + " into a new lake",
          missing.size(), wanted.size(), name, missing.iterator().next());
    }
    return found;
  }

  /** A source is the escaped URI of what it names, but of a glob it is what the user wrote. */
  private static String asInput(Storage storage, String source) {
    try {
      Path path = SourceUri.path(source);
      return storage.fileSystem(path).exists(path) ? path.toString() : source;
    } catch (IllegalArgumentException | IOException e) {
      return source;
    }
  }
}
