package facelake.job;

import static org.apache.spark.sql.functions.input_file_name;

import facelake.UserError;
import facelake.step.forget.Mentions;
import facelake.step.forget.Texts;
import facelake.table.Lake;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Reads all files of a lake and looks for people in them: data of current and of old versions,
 * logs, checkpoints and whatever else lies there.
 */
final class ForgetProof {
  private static final String PARQUET = ".parquet";
  private static final String LOG = "/_delta_log/";

  private final SparkSession spark;
  private final Lake lake;
  private final Mentions mentions;
  private final List<String> left = new ArrayList<>();
  private long searched;

  ForgetProof(SparkSession spark, Lake lake, Mentions mentions) {
    this.spark = spark;
    this.lake = lake;
    this.mentions = mentions;
  }

  /** How many files were read. */
  long searched() {
    return searched;
  }

  /**
   * The files that have a mention.
   *
   * @throws UserError when a file cannot be read
   */
  List<String> search() {
    try {
      SortedMap<String, List<String>> tables = new TreeMap<>();
      FileSystem files = new Path(lake.root()).getFileSystem(hadoop());
      String root = files.makeQualified(new Path(lake.root())).toString();
      RemoteIterator<LocatedFileStatus> all = files.listFiles(new Path(root), true);
      while (all.hasNext()) {
        Path file = all.next().getPath();
        String name = file.toString().substring(root.length());
        if (name.startsWith("/" + UnfinishedForget.FOLDER + "/")) {
          continue;
        }
        searched++;
        if (mentions.in(name)) {
          left.add(file.toString());
        } else if (name.endsWith(PARQUET)) {
          tables.computeIfAbsent(kind(name), key -> new ArrayList<>()).add(file.toString());
        } else if (TextScan.has(files, file, mentions)) {
          left.add(file.toString());
        }
      }
      tables.values().forEach(this::searchRows);
      return left;
    } catch (IOException e) {
      throw new UserError(e, "cannot read lake %s again: %s", lake.root(), e.getMessage());
    }
  }

  /** Files that can be read together: the data of a table, or its checkpoints. */
  private static String kind(String name) {
    int log = name.indexOf(LOG);
    return log >= 0
        ? name.substring(0, log + LOG.length())
        : name.substring(0, name.indexOf('/', 1));
  }

  private void searchRows(List<String> parquet) {
    Dataset<Row> rows =
        spark.read().option("mergeSchema", "true").parquet(parquet.toArray(String[]::new));
    rows.where(Texts.mention(rows.schema(), mentions))
        .select(input_file_name())
        .distinct()
        .as(Encoders.STRING())
        .collectAsList()
        .forEach(file -> left.add(URLDecoder.decode(file, StandardCharsets.UTF_8)));
  }

  private Configuration hadoop() {
    return spark.sparkContext().hadoopConfiguration();
  }

  /** How many files of which table are in a list, for people. */
  static Map<String, Long> byFolder(List<String> files) {
    Map<String, Long> counts = new LinkedHashMap<>();
    files.forEach(
        file -> counts.merge(file.substring(0, file.lastIndexOf('/') + 1), 1L, Long::sum));
    return counts;
  }
}
