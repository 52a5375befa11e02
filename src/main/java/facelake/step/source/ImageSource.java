package facelake.step.source;

import facelake.UserError;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SparkSession;

/**
 * The images of a job's inputs. Inputs are folders (read with their sub-folders), files and Hadoop
 * globs, on any Hadoop file system; an input that exists as written is never taken for a glob.
 *
 * <p>Hidden folders (names starting with {@code .} or {@code _}) and hidden files ({@code .}) are
 * left out, as are files without an image suffix, unless an input names the file itself; {@link
 * Listing#skipped} counts them.
 */
public interface ImageSource {

  /**
   * Opens inputs whose layout is plain to see: {@code tar} for files ending in .tar and folders
   * that hold nothing else, {@code table} for folders with a {@code _delta_log} or with Parquet
   * files only, {@code flat} for all others.
   *
   * @throws UserError for an input that is missing, matches nothing or is packed (.tar.gz, .zip),
   *     and for inputs that need different layouts
   */
  static ImageSource open(SparkSession spark, List<String> inputs) {
    Inputs resolved = Inputs.resolve(Storage.of(spark), inputs);
    return open(spark, resolved, LayoutGuess.of(resolved));
  }

  /**
   * Opens inputs of one layout.
   *
   * @throws UserError for an input that is missing, matches nothing or is packed (.tar.gz, .zip),
   *     and for a table without the columns {@code uri} and {@code content}
   */
  static ImageSource open(SparkSession spark, List<String> inputs, Layout layout) {
    return open(spark, Inputs.resolve(Storage.of(spark), inputs), layout);
  }

  private static ImageSource open(SparkSession spark, Inputs inputs, Layout layout) {
    return switch (layout) {
      case IDENTITY_FOLDERS, FLAT -> new FileSource(spark, inputs, layout);
      case TAR -> new TarSource(spark, inputs);
      case TABLE -> new TableSource(spark, inputs);
    };
  }

  /** The layout that was given or found. */
  Layout layout();

  /** The qualified inputs, as {@link SourceImage#source} names them. */
  List<String> sources();

  /**
   * Every image, each URI once: of two inputs that hold it the first wins, of two members of a tar
   * the last, of two rows of a table the one with the smaller SHA-256. Runs Spark jobs; the listing
   * is the same at any parallelism.
   *
   * @throws UserError where there is no image at all, saying what was there instead
   */
  Listing list();

  /**
   * The bytes of some images of {@link #list}, one row each. A partition reads one image at a time
   * as its iterator is pulled, so it needs memory for one; images that share a tar are read in the
   * order in which they lie. What cannot be read is a row with a failure, never an exception.
   *
   * @param partitions the number of partitions at most, 1 or more; none weighs more than the mean
   *     plus the largest image
   */
  JavaRDD<Fetched> read(List<SourceImage> chunk, int partitions);
}
