package facelake.step.source;

import static org.apache.spark.sql.functions.broadcast;

import facelake.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A few photos that were indexed earlier, read again from where they were then. */
public final class Originals {
  private final IndexedSources sources;
  private final List<SourceImage> found;
  private final SortedMap<String, String> missing;

  private Originals(
      IndexedSources sources, List<SourceImage> found, SortedMap<String, String> missing) {
    this.sources = sources;
    this.found = found;
    this.missing = missing;
  }

  /**
   * Looks where photos are now. Lists their sources again.
   *
   * @param uris the photos' uris by their sources, as the table {@code images} has both
   */
  public static Originals find(SparkSession spark, Map<String, Set<String>> uris) {
    SortedMap<String, String> missing = new TreeMap<>();
    List<SourceImage> found = new ArrayList<>();
    SortedMap<String, String> names = new TreeMap<>();
    uris.forEach((name, some) -> some.stream().findFirst().ifPresent(uri -> names.put(name, uri)));
    try (IndexedSources sources = IndexedSources.list(spark, names)) {
      uris.forEach(
          (name, wanted) -> {
            String why = sources.lost().getOrDefault(name, "is no longer in " + name);
            wanted.forEach(uri -> missing.put(uri, why));
          });
      for (Row row : sources.images().join(broadcast(all(spark, uris)), "uri").collectAsList()) {
        SourceImage image = SourceImage.of(row);
        if (uris.get(image.source()).contains(image.uri())) {
          found.add(image);
          missing.remove(image.uri());
        }
      }
      return new Originals(sources, found, missing);
    }
  }

  private static Dataset<Row> all(SparkSession spark, Map<String, Set<String>> uris) {
    List<String> all = uris.values().stream().flatMap(Set::stream).distinct().toList();
    return spark.createDataset(all, Encoders.STRING()).toDF("uri");
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
          missing.size() + found.size(),
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
    return sources.read(found, partitions);
  }
}
