package facelake.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import facelake.match.PersonLineage;
import facelake.table.FacesTable;
import facelake.table.Lake;
import facelake.table.LineageTable;
import facelake.table.PeopleTable;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/** The people that earlier runs of a {@link DedupeJob} found, and what becomes of them. */
final class DedupeLineage {
  private final SparkSession spark;
  private final Lake lake;

  DedupeLineage(SparkSession spark, Lake lake) {
    this.spark = spark;
    this.lake = lake;
  }

  /** The people of the run before, rows of {@link PeopleTable}; none before the first run. */
  Dataset<Row> people() {
    if (!stands(PeopleTable.NAME)) {
      return spark.createDataFrame(List.of(), PeopleTable.SCHEMA);
    }
    return PeopleTable.open(spark, lake)
        .read()
        .where(col(PeopleTable.SCOPE).equalTo(PeopleTable.RESOLVED));
  }

  /**
   * The rows of people of faces that a run on some datasets only does not look at, and that are in
   * the lake still: they stay as they are.
   *
   * @param datasets those that it looks at; empty for all
   * @param faces rows of {@link FacesTable}
   */
  Dataset<Row> staying(List<String> datasets, Dataset<Row> faces) {
    Dataset<Row> people = people();
    return datasets.isEmpty()
        ? people.limit(0)
        : people
            .where(not(col(PeopleTable.DATASET).isin(datasets.toArray())))
            .join(
                faces.select(FacesTable.DATASET, FacesTable.FACE_ID),
                new String[] {PeopleTable.DATASET, PeopleTable.FACE_ID},
                "left_semi");
  }

  /**
   * Ids of people that became others; they are never given again. Those that they became are not
   * among them: a killed run may have noted some down that nobody has, and the next one gives them.
   */
  List<String> idsOfLineage() {
    return stands(LineageTable.NAME)
        ? LineageTable.open(spark, lake)
            .read()
            .select(LineageTable.PERSON_ID)
            .distinct()
            .as(Encoders.STRING())
            .collectAsList()
        : List.of();
  }

  private boolean stands(String table) {
    return lake.tables(spark.sparkContext().hadoopConfiguration()).contains(table);
  }

  /** Adds what became of people in a run. */
  void record(PersonLineage.Result lineage, String runId, Instant at) {
    LineageTable table = LineageTable.create(spark, lake);
    if (lineage.changes().isEmpty()) {
      return;
    }
    List<Row> rows =
        lineage.changes().stream()
            .map(
                change ->
                    RowFactory.create(
                        change.person(),
                        change.event().label(),
                        change.became(),
                        change.faces(),
                        runId,
                        at))
            .toList();
    table.append(spark.createDataFrame(rows, LineageTable.SCHEMA));
  }
}
