package facelake.step.identity;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.xxhash64;

import facelake.UserError;
import facelake.match.Cohort;
import facelake.match.EmbeddingBlock;
import facelake.step.EmbeddingColumn;
import facelake.table.FacesTable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** Draws the {@link Cohort} of a run: the means of a few faces of a few thousand identities. */
final class CohortSample {
  private static final int FACES = 9;
  private static final String ORDER = "order";
  private static final String PLACE = "place";

  private CohortSample() {}

  /**
   * The cohort: the identities whose hash with the seed is smallest, so that more data change
   * little of it.
   *
   * @param faces as for {@link CleanIdentities}
   */
  static Cohort of(Dataset<Row> faces, long seed) {
    Dataset<Row> identities =
        faces
            .select(FacesTable.DATASET, FacesTable.IDENTITY)
            .distinct()
            .withColumn(
                ORDER, xxhash64(lit(seed), col(FacesTable.DATASET), col(FacesTable.IDENTITY)))
            .orderBy(col(ORDER), col(FacesTable.DATASET), col(FacesTable.IDENTITY))
            .limit(Cohort.SIZE);
    List<Row> rows =
        faces
            .join(identities, new String[] {FacesTable.DATASET, FacesTable.IDENTITY})
            .withColumn(
                PLACE,
                row_number()
                    .over(
                        Window.partitionBy(FacesTable.DATASET, FacesTable.IDENTITY)
                            .orderBy(FacesTable.FACE_ID)))
            .where(col(PLACE).leq(FACES))
            .select(
                xxhash64(col(FacesTable.DATASET), col(FacesTable.IDENTITY)).as(PartRows.KEY),
                col(FacesTable.EMBEDDING),
                col(ORDER),
                col(FacesTable.FACE_ID))
            .orderBy(ORDER, PartRows.KEY, FacesTable.FACE_ID)
            .collectAsList();
    return cohort(rows);
  }

  private static Cohort cohort(List<Row> rows) {
    List<float[]> means = new ArrayList<>();
    List<Long> keys = new ArrayList<>();
    for (int from = 0; from < rows.size(); ) {
      long key = rows.get(from).getLong(0);
      int to = from;
      while (to < rows.size() && rows.get(to).getLong(0) == key) {
        to++;
      }
      EmbeddingBlock faces =
          EmbeddingBlock.of(
              rows.subList(from, to).stream().map(row -> EmbeddingColumn.floats(row, 1)).toList());
      means.add(faces.mean(IntStream.range(0, faces.rows()).toArray()));
      keys.add(key);
      from = to;
    }
    if (means.isEmpty()) {
      throw new UserError(
          "no face has an identity, and there are no clusters to stand in for them; index with"
              + " --layout identity-folders, or group faces first: jobs/facelake cluster --dataset"
              + " NAME");
    }
    if (means.size() < 2) {
      throw new UserError(
          "there is one identity, and nothing to compare it with; index another dataset, or one"
              + " with more identities");
    }
    return new Cohort(EmbeddingBlock.of(means), keys.stream().mapToLong(Long::longValue).toArray());
  }
}
