package facelake.step.source;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import facelake.UserError;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The inputs that photos were indexed from, listed once, for a job that reads any number of photos
 * again chunk by chunk; {@link Originals} finds a few photos in them. The lists stay with the
 * executors until this is closed; reading goes on after that.
 */
public final class IndexedSources implements AutoCloseable {
  private final SparkSession spark;
  private final SortedMap<String, ImageSource> sources = new TreeMap<>();
  private final SortedMap<String, String> lost = new TreeMap<>();
  private final List<Listing> listings = new ArrayList<>();
  private Dataset<Row> images;

  private IndexedSources(SparkSession spark) {
    this.spark = spark;
    this.images = spark.createDataFrame(List.of(), SourceImage.SCHEMA);
  }

  /**
   * Lists inputs again, whose layouts must be plain to see (see {@link ImageSource#open}). One that
   * is no longer there is no error.
   *
   * @param names as in {@code images.source}
   */
  public static IndexedSources list(SparkSession spark, Collection<String> names) {
    IndexedSources all = new IndexedSources(spark);
    Storage storage = Storage.of(spark);
    try {
      new TreeSet<>(names).forEach(name -> all.add(storage, name));
      return all;
    } catch (RuntimeException | Error e) {
      all.close();
      throw e;
    }
  }

  private void add(Storage storage, String name) {
    try {
      ImageSource source = ImageSource.open(spark, List.of(asInput(storage, name)));
      Listing listing = source.list();
      listings.add(listing);
      sources.put(name, source);
      images = images.union(named(listing.images(), name));
    } catch (UserError e) {
      lost.put(name, e.getMessage());
    }
  }

  /** The images with the name of the source that the table has. */
  private static Dataset<Row> named(Dataset<Row> images, String name) {
    return images
        .withColumn("source", lit(name))
        .select(
            Arrays.stream(SourceImage.SCHEMA.fieldNames())
                .map(column -> col(column))
                .toArray(Column[]::new));
  }

  /** What is there now: rows of {@link SourceImage#SCHEMA}. */
  public Dataset<Row> images() {
    return images;
  }

  /** Why inputs cannot be listed, by their names. */
  public SortedMap<String, String> lost() {
    return lost;
  }

  /**
   * The bytes of some of {@link #images}, one row each; what cannot be read is a row with a
   * failure.
   *
   * @param partitions of the photos of each source at most, 1 or more
   */
  public JavaRDD<Fetched> read(List<SourceImage> some, int partitions) {
    Map<String, List<SourceImage>> bySource =
        some.stream()
            .collect(Collectors.groupingBy(SourceImage::source, TreeMap::new, Collectors.toList()));
    List<JavaRDD<Fetched>> all = new ArrayList<>();
    bySource.forEach((name, images) -> all.add(sources.get(name).read(images, partitions)));
    return all.stream()
        .reduce(JavaRDD::union)
        .orElseGet(JavaSparkContext.fromSparkContext(spark.sparkContext())::emptyRDD);
  }

  @Override
  public void close() {
    listings.forEach(Listing::close);
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
