package facelake.step.journal;

import facelake.Sha256;
import facelake.image.FailureClass;
import facelake.step.source.SourceImage;
import facelake.table.Lake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * The journal of a dataset: a folder of small files in its lake, which every executor can reach. It
 * stays when a run dies, so that the next one knows, and goes when a run has ended well.
 */
public final class CrashJournal {
  private static final int ID_LENGTH = 32;
  private static final String PREFIX = "_journal_";
  private static final Pattern NAME = Pattern.compile(PREFIX + "[0-9a-f]{" + ID_LENGTH + "}");

  private final JournalFolder folder;
  private final int maxCrashes;

  private CrashJournal(JournalFolder folder, int maxCrashes) {
    this.folder = folder;
    this.maxCrashes = maxCrashes;
  }

  /**
   * The journal of a dataset, made by the first who writes into it.
   *
   * @param maxCrashes images that may be found to have crashed their process
   */
  public static CrashJournal open(SparkSession spark, Lake lake, String dataset, int maxCrashes) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<SerializableConfiguration> hadoop =
        context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
    JournalFolder folder = new JournalFolder(lake.path(PREFIX + id(dataset)), hadoop);
    return new CrashJournal(folder, maxCrashes);
  }

  /** Whether no process has died with images in hand. */
  public boolean isEmpty() {
    return folder.names().isEmpty();
  }

  /** Forgets which images were over their time: this run may give them more. */
  public void forgetTimeouts() {
    folder.names().stream()
        .filter(name -> name.endsWith("." + FailureClass.TIMEOUT.label()))
        .forEach(folder::delete);
  }

  /**
   * The claims on a chunk of images. The same images in as many partitions have the same, whichever
   * run works on them.
   */
  public ChunkClaims chunk(List<SourceImage> images, int partitions) {
    String ids = images.stream().map(CrashJournal::id).collect(Collectors.joining("\n", "", "\n"));
    return new ChunkClaims(folder, id(ids + partitions), maxCrashes);
  }

  /** Removes the journal, as there is nothing left to be wary of. */
  public void remove() {
    try {
      folder.files().delete(new Path(folder.path()), true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes the journals of all datasets; to be called where no run can be at work on the lake. */
  public static void removeAll(Lake lake, Configuration hadoop) throws IOException {
    Path root = new Path(lake.root());
    FileSystem files = root.getFileSystem(hadoop);
    for (FileStatus journal :
        files.listStatus(root, path -> NAME.matcher(path.getName()).matches())) {
      files.delete(journal.getPath(), true);
    }
  }

  /** Of an image with this content, as far as its version tells. */
  static String id(SourceImage image) {
    return id(image.uri() + "\n" + image.version());
  }

  private static String id(String text) {
    return Sha256.hex(text.getBytes(StandardCharsets.UTF_8)).substring(0, ID_LENGTH);
  }
}
