package facelake.job;

import facelake.spark.Phases;
import facelake.step.forget.ConcernedRows;
import facelake.step.forget.Traces;
import facelake.table.CohortTable;
import facelake.table.FacesTable;
import facelake.table.ForgottenTable;
import facelake.table.IdentityPartsTable;
import facelake.table.ImagesTable;
import facelake.table.Lake;
import facelake.table.NearPartsTable;
import facelake.table.TableByName;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The tables of a lake, as far as people are to be forgotten. */
final class ForgetTables {
  /** Measures of dedupe, which makes them anew: means and pairs say not whose faces are in them. */
  private static final Set<String> MEASURES =
      Set.of(IdentityPartsTable.NAME, NearPartsTable.NAME, CohortTable.NAME);

  private final SparkSession spark;
  private final Lake lake;
  private final Traces traces;
  private final ConcernedRows concerned;

  ForgetTables(SparkSession spark, Lake lake, Traces traces) {
    this.spark = spark;
    this.lake = lake;
    this.traces = traces;
    this.concerned = new ConcernedRows(traces);
  }

  private List<String> names() {
    return lake.tables(hadoop()).stream()
        .filter(name -> !name.equals(ForgottenTable.NAME))
        .toList();
  }

  private Configuration hadoop() {
    return spark.sparkContext().hadoopConfiguration();
  }

  private boolean isRemoved(String table) {
    return MEASURES.contains(table) && !traces.faces().isEmpty();
  }

  /** How many rows go, by table, as far as there are any. */
  SortedMap<String, Long> count() {
    SortedMap<String, Long> counts = new TreeMap<>();
    for (String name : names()) {
      Dataset<Row> rows = TableByName.open(spark, lake, name).read();
      long count = isRemoved(name) ? rows.count() : rows.where(concerned.of(name, rows)).count();
      if (count > 0) {
        counts.put(name, count);
      }
    }
    return counts;
  }

  /**
   * Deletes these rows.
   *
   * @param counts what {@link #count} gave
   */
  void delete(SortedMap<String, Long> counts, Phases phases) {
    for (String name : names()) {
      if (isRemoved(name)) {
        lake.remove(name, hadoop());
      } else if (counts.containsKey(name)) {
        phases.begin("deleting %,d rows of %s", counts.get(name), name);
        TableByName table = TableByName.open(spark, lake, name);
        table.delete(concerned.of(name, table.read()));
      }
    }
    ImagesTable.open(spark, lake).recount(FacesTable.open(spark, lake).read());
  }

  /** Takes the history of all tables away; says which those are. */
  List<String> purge(Phases phases) {
    List<String> names = names();
    phases.begin("removing the history of %d tables", names.size());
    TableByName.purge(
        spark, names.stream().map(name -> TableByName.open(spark, lake, name)).toList());
    return names;
  }
}
