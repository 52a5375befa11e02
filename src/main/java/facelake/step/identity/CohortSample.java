package facelake.step.identity;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.xxhash64;

import facelake.UserError;
import facelake.match.Cohort;
import facelake.match.EmbeddingBlock;
import facelake.table.EmbeddingColumn;
import facelake.table.FacesTable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** Draws a {@link Cohort}: the means of a few faces of a few thousand identities. */
public final class CohortSample {
  private static final int FACES = 9;
  private static final String ORDER = "order";
  private static final String PLACE = "place";

  private CohortSample() {}

  /**
   * The members: the identities whose hash with the seed is smallest, so that more data change
   * little of it.
   *
   * @param identities rows of {@link IdentityList}
   * @throws UserError when there are fewer than two identities
   */
  public static List<CohortMember> of(LabelledFaces faces, Dataset<Row> identities, long seed) {
    Dataset<Row> drawn =
        identities
            .withColumn(
                ORDER, xxhash64(lit(seed), col(IdentityList.DATASET), col(IdentityList.IDENTITY)))
            .orderBy(col(ORDER), col(IdentityList.DATASET), col(IdentityList.IDENTITY))
            .limit(Cohort.SIZE)
            .select(IdentityList.DATASET, IdentityList.IDENTITY, IdentityList.KEY, ORDER);
    Dataset<Row> few =
        faces
            .rows()
            .join(drawn, new String[] {FacesTable.DATASET, FacesTable.IDENTITY})
            .withColumn(
                PLACE,
                row_number()
                    .over(
                        Window.partitionBy(FacesTable.DATASET, FacesTable.IDENTITY)
                            .orderBy(FacesTable.FACE_ID)))
            .where(col(PLACE).leq(FACES))
            .select(
                FacesTable.DATASET,
                FacesTable.IDENTITY,
                IdentityList.KEY,
                FacesTable.FACE_ID,
                FacesTable.RUN_ID,
                ORDER);
    List<Row> rows =
        faces
            .withEmbeddings(few, (long) FACES * Cohort.SIZE)
            .select(
                col(FacesTable.DATASET),
                col(FacesTable.IDENTITY),
                col(IdentityList.KEY),
                col(FacesTable.EMBEDDING),
                col(ORDER),
                col(FacesTable.FACE_ID))
            .orderBy(ORDER, FacesTable.DATASET, FacesTable.IDENTITY, FacesTable.FACE_ID)
            .collectAsList();
    return checked(members(rows));
  }

  private static List<CohortMember> members(List<Row> rows) {
    List<CohortMember> members = new ArrayList<>();
    for (int from = 0; from < rows.size(); ) {
      Row first = rows.get(from);
      int to = from;
      while (to < rows.size() && rows.get(to).getLong(2) == first.getLong(2)) {
        to++;
      }
      EmbeddingBlock faces =
          EmbeddingBlock.of(
              rows.subList(from, to).stream().map(row -> EmbeddingColumn.floats(row, 3)).toList());
      members.add(
          new CohortMember(
              first.getString(0),
              first.getString(1),
              first.getLong(2),
              faces.mean(IntStream.range(0, faces.rows()).toArray())));
      from = to;
    }
    return members;
  }

  private static List<CohortMember> checked(List<CohortMember> members) {
    if (members.isEmpty()) {
      throw new UserError(
          "no face has an identity, and there are no clusters to stand in for them; index with"
              + " --layout identity-folders, or group faces first: jobs/facelake cluster --dataset"
              + " NAME");
    }
    if (members.size() < 2) {
      throw new UserError(
          "there is one identity, and nothing to compare it with; index another dataset, or one"
              + " with more identities");
    }
    return members;
  }
}
