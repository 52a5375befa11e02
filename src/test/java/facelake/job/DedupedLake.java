package facelake.job;

import static org.apache.spark.sql.functions.col;

import facelake.TestSpark;
import facelake.table.Lake;
import facelake.table.PeopleTable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What {@link DedupeJob} has written into a lake, as values that can be compared. */
final class DedupedLake {
  private DedupedLake() {}

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
}
