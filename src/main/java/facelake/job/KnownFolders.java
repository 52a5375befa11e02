package facelake.job;

import facelake.table.Lake;
import facelake.table.RunRecord;
import facelake.table.RunsTable;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.spark.sql.SparkSession;

/** The folders outside of a lake that runs have written faces, photos or names into. */
final class KnownFolders {
  /**
   * The option in {@code runs} that says where {@code review} and {@code evaluate models} wrote.
   */
  static final String OUT = "out";

  /** The option in {@code runs} that says where {@code export} wrote. */
  static final String TO = "to";

  static final String REVIEW = "review";
  static final String EVALUATE_MODELS = "evaluate models";
  static final String EXPORT = "export";

  private static final Set<String> WRITERS = Set.of(REVIEW, EVALUATE_MODELS, EXPORT);

  private KnownFolders() {}

  /** The folders by their URIs. */
  static SortedSet<String> of(SparkSession spark, Lake lake) {
    SortedSet<String> folders = new TreeSet<>();
    if (lake.tables(spark.sparkContext().hadoopConfiguration()).contains(RunsTable.NAME)) {
      RunsTable.open(spark, lake).records().stream()
          .filter(run -> WRITERS.contains(run.command()))
          .map(KnownFolders::folder)
          .filter(folder -> folder != null)
          .forEach(folders::add);
    }
    return folders;
  }

  private static String folder(RunRecord run) {
    return run.options().get(run.command().equals(EXPORT) ? TO : OUT);
  }
}
