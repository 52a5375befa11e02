package facelake.step.source;

import facelake.UserError;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a source holds. The images stay with the executors, in memory or on their disks, until
 * {@link #close}; the rest is small.
 *
 * @param images rows of {@link SourceImage#SCHEMA}, one a URI, in no order
 * @param count how many there are
 * @param skipped what was left out, counted by reason: a suffix such as {@code .txt}, {@code no
 *     suffix}, {@code hidden} (a hidden folder counts once), {@code repeated}, {@code link to a
 *     folder above it} and other words of that kind
 * @param warnings sentences for the user, such as a folder that could not be listed or a tar that
 *     ends early; the first {@link #WARNINGS}, then how many more there are
 */
public record Listing(
    Dataset<Row> images, long count, SortedMap<String, Long> skipped, List<String> warnings)
    implements AutoCloseable {
  static final int WARNINGS = 100;

  /** The counts of what was left out in words, the largest first: {@code .txt 10, .csv 2}. */
  public String skippedInWords() {
    return skipped.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
        .map(entry -> entry.getKey() + " " + entry.getValue())
        .collect(Collectors.joining(", "));
  }

  /** Frees the stored images; the dataset is listed anew if it is read again. */
  @Override
  public void close() {
    images.unpersist();
  }

  /** This listing, with what an earlier step left out and warned of. */
  Listing after(Listing earlier) {
    SortedMap<String, Long> sum = new TreeMap<>(skipped);
    earlier.skipped.forEach((reason, files) -> sum.merge(reason, files, Long::sum));
    List<String> both = Stream.concat(earlier.warnings.stream(), warnings.stream()).toList();
    return new Listing(images, count, sum, both);
  }

  /**
   * This listing, if it holds anything.
   *
   * @param where the inputs in words
   * @param wanted what was looked for, such as {@code with an image suffix}
   * @throws UserError saying what was there instead
   */
  Listing orRefuse(String where, String wanted) {
    if (count > 0) {
      return this;
    }
    close();
    long files = skipped.values().stream().mapToLong(Long::longValue).sum();
    String there =
        files == 0
            ? "nothing is there"
            : files + " files, none " + wanted + " (" + skippedInWords() + ")";
    String warned = warnings.isEmpty() ? "" : ". " + String.join(". ", warnings);
    throw new UserError("No image found in %s: %s%s%s", where, there, warned, remedy());
  }

  private String remedy() {
    if (skipped.containsKey(".tar")) {
      return "; for images inside tar files give --layout tar";
    }
    if (skipped.containsKey(".parquet")) {
      return "; for images inside tables give --layout table";
    }
    return "; give the folder that holds the images";
  }
}
