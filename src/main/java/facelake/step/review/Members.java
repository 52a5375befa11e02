package facelake.step.review;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.row_number;

import facelake.match.FaceRole;
import facelake.match.Subject;
import facelake.table.Lake;
import facelake.table.PeopleTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.StructType;

/** Faces that belong to identities, to be shown for them. */
final class Members {
  private static final String NUMBER = "shown_number";

  private static final StructType IDENTITY =
      new StructType()
          .add(PeopleTable.SCHEMA.apply(PeopleTable.DATASET))
          .add(PeopleTable.SCHEMA.apply(PeopleTable.IDENTITY));

  private Members() {}

  /**
   * Ids of the first faces of each identity, those of its main part before others; none of one that
   * was not resolved.
   *
   * @param most faces of an identity
   */
  static Map<Subject.Identity, List<String>> of(
      SparkSession spark, Lake lake, Collection<Subject.Identity> identities, int most) {
    Map<Subject.Identity, List<String>> members = new HashMap<>();
    boolean there =
        lake.tables(spark.sparkContext().hadoopConfiguration()).contains(PeopleTable.NAME);
    if (identities.isEmpty() || !there) {
      return members;
    }
    List<Row> keys =
        identities.stream()
            .map(identity -> RowFactory.create(identity.dataset(), identity.name()))
            .toList();
    PeopleTable.open(spark, lake)
        .read()
        .where(col(PeopleTable.SCOPE).equalTo(PeopleTable.RESOLVED))
        .where(col(PeopleTable.ROLE).equalTo(FaceRole.MEMBER.label()))
        .join(broadcast(spark.createDataFrame(keys, IDENTITY)), IDENTITY.fieldNames())
        .withColumn(
            NUMBER,
            row_number()
                .over(
                    Window.partitionBy(PeopleTable.DATASET, PeopleTable.IDENTITY)
                        .orderBy(PeopleTable.PART, PeopleTable.FACE_ID)))
        .where(col(NUMBER).leq(most))
        .orderBy(NUMBER)
        .select(PeopleTable.DATASET, PeopleTable.IDENTITY, PeopleTable.FACE_ID)
        .collectAsList()
        .forEach(
            row ->
                members
                    .computeIfAbsent(
                        new Subject.Identity(row.getString(0), row.getString(1)),
                        identity -> new ArrayList<>())
                    .add(row.getString(2)));
    return members;
  }
}
