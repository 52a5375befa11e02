package facelake.job;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import facelake.TestSpark;
import facelake.match.PhotoRule;
import facelake.step.cells.CellPlan;
import facelake.table.Lake;
import facelake.table.PeopleTable;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What {@link DedupeJob} has written into a lake, as values that can be compared. */
final class DedupedLake {
  private DedupedLake() {}

  /** The folder of a lake on the local disk. */
  static File folder(Lake lake) {
    return new File(new org.apache.hadoop.fs.Path(lake.root()).toUri().getPath());
  }

  /** The people of all datasets together. */
  static Dataset<Row> resolved(Lake lake) {
    return PeopleTable.open(TestSpark.session(), lake)
        .read()
        .where(col(PeopleTable.SCOPE).equalTo(PeopleTable.RESOLVED));
  }

  /** The person of each face. */
  static Map<String, String> ids(Lake lake) {
    Map<String, String> ids = new TreeMap<>();
    resolved(lake)
        .collectAsList()
        .forEach(row -> ids.put(row.getAs(PeopleTable.FACE_ID), row.getAs(PeopleTable.PERSON_ID)));
    return ids;
  }

  /** All rows of a table in words, without the run. */
  static List<String> rows(Lake lake, String table) {
    return TestSpark.session()
        .read()
        .format("delta")
        .load(lake.path(table))
        .drop("run_id")
        .collectAsList()
        .stream()
        .map(Row::toString)
        .sorted()
        .collect(Collectors.toList());
  }

  /** The runs that the rows of a table are of. */
  static List<String> runs(Lake lake, String table) {
    return TestSpark.session()
        .read()
        .format("delta")
        .load(lake.path(table))
        .select("run_id")
        .distinct()
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }

  /** Groups the faces of a dataset. */
  static void cluster(Lake lake, String dataset) {
    cluster(lake, dataset, 0.9);
  }

  static void cluster(Lake lake, String dataset, double threshold) {
    new ClusterJob(
            TestSpark.session(),
            new ClusterOptions(
                lake,
                Optional.of(dataset),
                Optional.empty(),
                DistanceThreshold.fixed(threshold),
                PhotoRule.ONCE_A_PHOTO,
                0,
                CellPlan.EXACT_UP_TO),
            phase -> {})
        .execute();
  }

  /** By the query that the documentation gives: each figure of a match, and the same again. */
  static void assertComputedByHand(Lake lake) throws IOException {
    String line =
        Files.readString(Path.of("docs/identities.md"))
            .lines()
            .filter(text -> text.startsWith("jobs/facelake sql \"WITH run"))
            .findFirst()
            .orElseThrow();
    String query = line.substring(line.indexOf('"') + 1, line.lastIndexOf('"'));
    List<Row> rows =
        new SqlJob(TestSpark.session(), new SqlJob.Options(lake, query)).execute().collectAsList();
    assertThat(rows).hasSizeGreaterThan(4);
    for (Row row : rows) {
      for (int column = 2; column < row.length(); column += 2) {
        assertThat(row.getDouble(column + 1))
            .as(row.toString())
            .isCloseTo(row.getDouble(column), withinPercentage(1e-4));
      }
    }
  }
}
