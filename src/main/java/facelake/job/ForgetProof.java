package facelake.job;

import static org.apache.spark.sql.functions.input_file_name;

import facelake.UserError;
import facelake.spark.LiteralPath;
import facelake.step.forget.Mentions;
import facelake.step.forget.Texts;
import facelake.table.EmptyFolders;
import facelake.table.Lake;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
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
import org.apache.spark.sql.catalyst.catalog.ExternalCatalogUtils;

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
   * The files and empty folders that have a mention.
   *
   * @throws UserError when the lake cannot be read; a file that cannot is among the answers
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
        if (mentions.in(name) || mentions.in(ExternalCatalogUtils.unescapePathName(name))) {
          left.add(file.toString());
        } else if (name.endsWith(PARQUET)) {
          tables.computeIfAbsent(kind(name), key -> new ArrayList<>()).add(LiteralPath.of(file));
        } else if (TextScan.has(files, file, mentions)) {
          left.add(file.toString());
        }
      }
      EmptyFolders.below(new Path(root), files).stream()
          .map(folder -> folder.toString())
          .filter(
              folder ->
                  mentions.in(
                      ExternalCatalogUtils.unescapePathName(folder.substring(root.length()))))
          .forEach(left::add);
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
        : name.substring(0, Math.max(1, name.indexOf('/', 1)));
  }

  /** Reads all together, and each by itself where one cannot be read. */
  private void searchRows(List<String> parquet) {
    try {
      left.addAll(named(parquet));
    } catch (Exception together) { // Spark's checked exceptions come undeclared from Scala
      for (String file : parquet) {
        try {
          left.addAll(named(List.of(file)));
        } catch (Exception e) {
          left.add("%s, which cannot be read: %s".formatted(file, e.getMessage()));
        }
      }
    }
  }

  private List<String> named(List<String> parquet) {
    Dataset<Row> rows =
        spark.read().option("mergeSchema", "true").parquet(parquet.toArray(String[]::new));
    return rows
        .where(Texts.mention(rows.schema(), mentions))
        .select(input_file_name())
        .distinct()
        .as(Encoders.STRING())
        .collectAsList()
        .stream()
        .map(file -> URLDecoder.decode(file.replace("+", "%2B"), StandardCharsets.UTF_8))
        .toList();
  }

  private Configuration hadoop() {
    return spark.sparkContext().hadoopConfiguration();
  }
}
