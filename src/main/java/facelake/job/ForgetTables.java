package facelake.job;

import facelake.UserError;
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
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
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

  /** Tables that go as a whole, as far as they are there. */
  List<String> removed() {
    return names().stream().filter(this::isRemoved).toList();
  }

  private boolean isRemoved(String table) {
    return MEASURES.contains(table) && !traces.faces().isEmpty();
  }

  private List<String> kept() {
    return names().stream().filter(name -> !isRemoved(name)).toList();
  }

  /** How many rows go or lose a word, by table, as far as there are any. */
  SortedMap<String, Long> count() {
    SortedMap<String, Long> counts = new TreeMap<>();
    for (String name : kept()) {
      Dataset<Row> rows = TableByName.open(spark, lake, name).read();
      long count = rows.where(concerned.of(name, rows).or(concerned.aside(name))).count();
      if (count > 0) {
        counts.put(name, count);
      }
    }
    return counts;
  }

  /**
   * Deletes these rows, and words in the rows that stay.
   *
   * @param counts what {@link #count} gave
   * @param permitted asked before each table, throws where it is not to be touched any more
   */
  void delete(SortedMap<String, Long> counts, String runId, Runnable permitted, Phases phases) {
    remove(runId, permitted);
    for (String name : kept()) {
      if (counts.containsKey(name)) {
        phases.begin("deleting %,d rows of %s", counts.get(name), name);
        permitted.run();
        TableByName table = TableByName.open(spark, lake, name);
        table.delete(concerned.of(name, table.read()));
        if (!concerned.blanked(name).isEmpty()) {
          table.update(concerned.aside(name), concerned.blanked(name));
        }
      }
    }
    ImagesTable.open(spark, lake).recount(FacesTable.open(spark, lake).read());
  }

  /** Renames before it deletes, so that a killed run leaves no half of a table. */
  private void remove(String runId, Runnable permitted) {
    try (ScratchFolder scratch = ScratchFolder.open(lake, "forget", runId, hadoop())) {
      for (String name : removed()) {
        permitted.run();
        scratch.take(new Path(lake.path(name)));
      }
    } catch (IOException e) {
      throw new UserError(e, "cannot remove tables of %s: %s", lake.root(), e.getMessage());
    }
  }

  /**
   * Takes the history of all tables away.
   *
   * @param permitted asked before each table, throws where it is not to be touched any more
   * @return which those are
   */
  List<String> purge(Runnable permitted, Phases phases) {
    List<String> names = names();
    phases.begin("removing the history of %d tables", names.size());
    TableByName.purge(
        spark, names.stream().map(name -> TableByName.open(spark, lake, name)).toList(), permitted);
    return names;
  }
}
