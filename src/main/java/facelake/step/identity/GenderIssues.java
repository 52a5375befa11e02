package facelake.step.identity;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;

import facelake.match.FaceRole;
import facelake.match.LabelIssue;
import facelake.table.FacesTable;
import facelake.table.LabelIssuesTable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Faces that surely look like one gender while the rest of their identity surely looks like the
 * other: columns of {@link LabelIssuesTable}, without a proposal and without the run.
 */
public final class GenderIssues {
  /**
   * Surer than this, either way: of such answers gender-linear-v1 gets 0.2 % wrong on LFW and 1 %
   * of Asian faces of UTKFace, of people that it has not seen.
   */
  private static final double SURE = 0.95;

  /** So many other faces of the identity are to be sure, at least. */
  private static final int OTHERS = 3;

  /** So large a part of them is to look like the other gender. */
  private static final double MAJORITY = 0.9;

  private static final String[] IDENTITY = {FacesTable.DATASET, FacesTable.IDENTITY};
  private static final WindowSpec OF_IDENTITY =
      Window.partitionBy(FacesTable.DATASET, FacesTable.IDENTITY);

  private static final String MEN = "men";
  private static final String WOMEN = "women";
  private static final String FACE = "face";

  private static final Column PROBABILITY = coalesce(col(FacesTable.MALE_PROBABILITY), lit(0.5));
  private static final Column MAN = PROBABILITY.gt(SURE);
  private static final Column WOMAN = PROBABILITY.lt(1 - SURE);

  private GenderIssues() {}

  /**
   * The issues; none where faces have no male probability. People beside those whom a photo is of
   * do not count.
   *
   * @param faces of all identities
   * @param parts rows of {@link PartRows}
   */
  public static Dataset<Row> of(LabelledFaces faces, Dataset<Row> parts) {
    Dataset<Row> mixed = mixed(faces);
    return members(parts.join(broadcast(mixed), IDENTITY, "left_semi"))
        .join(
            faces
                .rows()
                .join(broadcast(mixed), IDENTITY, "left_semi")
                .select(FacesTable.FACE_ID, FacesTable.MALE_PROBABILITY),
            FacesTable.FACE_ID)
        .withColumn(MEN, count_if(MAN).over(OF_IDENTITY))
        .withColumn(WOMEN, count_if(WOMAN).over(OF_IDENTITY))
        .where(
            MAN.and(contradicts(col(MEN), col(WOMEN)))
                .or(WOMAN.and(contradicts(col(WOMEN), col(MEN)))))
        .drop(MEN, WOMEN, FacesTable.MALE_PROBABILITY);
  }

  /** The few labels under which there are sure faces of both genders. */
  private static Dataset<Row> mixed(LabelledFaces faces) {
    return faces
        .rows()
        .where(col(PartRows.LABELLED))
        .groupBy(FacesTable.DATASET, FacesTable.IDENTITY)
        .agg(count_if(MAN).as(MEN), count_if(WOMAN).as(WOMEN))
        .where(col(MEN).gt(0).and(col(WOMEN).gt(0)))
        .select(FacesTable.DATASET, FacesTable.IDENTITY);
  }

  private static Dataset<Row> members(Dataset<Row> parts) {
    return parts
        .select(
            col(PartRows.DATASET),
            col(PartRows.IDENTITY),
            col(PartRows.PART),
            col(PartRows.SIZE).as(LabelIssuesTable.FACES),
            col(PartRows.LIMIT).as(LabelIssuesTable.LIMIT_DISTANCE),
            explode(col(PartRows.FACES)).as(FACE))
        .where(col(FACE + "." + PartRows.ROLE).notEqual(FaceRole.BYSTANDER.label()))
        .select(
            col(PartRows.DATASET),
            col(PartRows.IDENTITY),
            lit(LabelIssue.GENDER.label()).as(LabelIssuesTable.KIND),
            col(PartRows.PART).as(LabelIssuesTable.PART),
            col(FACE + "." + PartRows.FACE_ID).as(LabelIssuesTable.FACE_ID),
            col(FACE + "." + PartRows.URI).as(LabelIssuesTable.URI),
            col(LabelIssuesTable.FACES),
            col(FACE + "." + PartRows.DISTANCE).as(LabelIssuesTable.DISTANCE),
            col(LabelIssuesTable.LIMIT_DISTANCE));
  }

  /** Whether few faces look like one gender, at least one, and the many others like the other. */
  private static Column contradicts(Column few, Column many) {
    return few.gt(0)
        .and(many.geq(OTHERS))
        .and(many.geq(few.plus(many).minus(1).multiply(MAJORITY)));
  }
}
