package facelake.job;

import facelake.UserError;
import facelake.step.source.ImageSource;
import facelake.step.source.Listing;
import facelake.step.source.SourceImage;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;

/**
 * Images that a file names by the end of their path, such as {@code
 * Abel_Pacheco/Abel_Pacheco_0001.jpg}.
 *
 * @param source that reads them
 * @param byName the images that are there
 * @param missing the names of those that are not, sorted
 */
record NamedImages(ImageSource source, Map<String, SourceImage> byName, List<String> missing) {

  /**
   * Looks for images.
   *
   * @param inputs folders, tars, globs or tables
   * @param names what is looked for
   * @param file that has these names, for messages
   * @throws UserError when none is there, or when a name fits two
   */
  static NamedImages find(
      SparkSession spark, List<String> inputs, Collection<String> names, String file) {
    Set<String> wanted = new HashSet<>(names);
    ImageSource source = ImageSource.open(spark, inputs);
    Map<String, SourceImage> byName = new HashMap<>();
    for (SourceImage image : wanted(spark, source, wanted)) {
      for (String name : ImageNames.of(image.uri()).filter(wanted::contains).toList()) {
        SourceImage other = byName.put(name, image);
        if (other != null) {
          throw new UserError(
              "%s names %s, which fits two images: %s and %s; name a folder that holds one of them only",
              file, name, other.uri(), image.uri());
        }
      }
    }
    List<String> missing =
        wanted.stream().filter(name -> !byName.containsKey(name)).sorted().toList();
    if (byName.isEmpty()) {
      throw new UserError(
          "none of the %,d images that %s names is in %s, not even %s; name the folder or tar that"
              + " holds them",
          wanted.size(), file, String.join(", ", inputs), missing.get(0));
    }
    return new NamedImages(source, byName, missing);
  }

  /** All images, by their URIs. */
  static NamedImages all(SparkSession spark, List<String> inputs) {
    ImageSource source = ImageSource.open(spark, inputs);
    Map<String, SourceImage> byName = new HashMap<>();
    try (Listing listing = source.list()) {
      listing
          .images()
          .javaRDD()
          .map(SourceImage::of)
          .collect()
          .forEach(image -> byName.put(image.uri(), image));
    }
    return new NamedImages(source, byName, List.of());
  }

  /** Those of some names. */
  NamedImages only(Set<String> names) {
    Map<String, SourceImage> some = new HashMap<>(byName);
    some.keySet().retainAll(names);
    return new NamedImages(source, some, missing);
  }

  private static List<SourceImage> wanted(
      SparkSession spark, ImageSource source, Set<String> names) {
    Broadcast<Set<String>> wanted =
        JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(names);
    try (Listing listing = source.list()) {
      return listing
          .images()
          .javaRDD()
          .map(SourceImage::of)
          .filter(image -> ImageNames.of(image.uri()).anyMatch(wanted.value()::contains))
          .collect();
    } finally {
      wanted.destroy();
    }
  }

  /** The images, each once, though several names may fit it. */
  List<SourceImage> images() {
    return byName.values().stream().distinct().toList();
  }
}
