package facelake.step.source;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import facelake.UserError;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
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
  /** Escaped in all names but those of globs. */
  private static final Pattern WILD = Pattern.compile("[*?\\[{]");

  private final SparkSession spark;
  private final SortedMap<String, ImageSource> sources = new TreeMap<>();
  private final SortedMap<String, String> lost = new TreeMap<>();
  private final List<Listing> listings = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private Dataset<Row> images;

  private IndexedSources(SparkSession spark) {
    this.spark = spark;
    this.images = spark.createDataFrame(List.of(), SourceImage.SCHEMA);
  }

  /**
   * Lists inputs again. One that is no longer there is no error.
   *
   * @param names as in {@code images.source}, each with the uri of one of its photos
   */
  public static IndexedSources list(SparkSession spark, SortedMap<String, String> names) {
    IndexedSources all = new IndexedSources(spark);
    Storage storage = Storage.of(spark);
    try {
      names.forEach((name, uri) -> all.add(storage, name, uri));
      return all;
    } catch (RuntimeException | Error e) {
      all.close();
      throw e;
    }
  }

  private void add(Storage storage, String name, String uri) {
    try {
      ImageSource source = open(List.of(asInput(storage, name)), uri);
      Listing listing = source.list();
      listings.add(listing);
      warnings.addAll(listing.warnings());
      sources.put(name, source);
      images = images.union(named(listing.images(), name));
    } catch (UserError e) {
      lost.put(name, e.getMessage());
    }
  }

  /** Of what stands beside tars the names do not tell that the images are in them. */
  private ImageSource open(List<String> input, String uri) {
    ImageSource source = ImageSource.open(spark, input);
    return source.layout() == Layout.FLAT && SourceUri.isMember(uri)
        ? ImageSource.open(spark, input, Layout.TAR)
        : source;
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

  /** Sentences about what could not be listed of inputs that are there. */
  public List<String> warnings() {
    return warnings;
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

  /**
   * The folder or file that a source is; of a glob the folder in which all is that it means.
   *
   * @param source as in {@code images.source}
   */
  public static Path root(String source) {
    if (!WILD.matcher(source).find()) {
      return SourceUri.path(source);
    }
    Path root = new Path(source);
    for (Path path = root; path != null; path = path.getParent()) {
      if (WILD.matcher(path.getName()).find()) {
        root = path.getParent();
      }
    }
    return root;
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
