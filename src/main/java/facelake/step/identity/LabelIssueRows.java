package facelake.step.identity;

import static org.apache.spark.sql.functions.col;

import facelake.match.FaceRole;
import facelake.match.LabelIssue;
import facelake.table.LabelIssuesTable;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Labels that do not fit: rows of {@link LabelIssuesTable} without the run. */
public final class LabelIssueRows {
  /** An identity with fewer faces is tiny. */
  private static final int TINY = 2;

  /** So many faces that do not belong to an identity, but to each other, are a second person. */
  private static final int SECOND_PERSON = 3;

  private static final String PROPOSED = "proposed";

  private static final StructType SCHEMA =
      new StructType()
          .add(LabelIssuesTable.SCHEMA.apply(LabelIssuesTable.DATASET))
          .add(LabelIssuesTable.IDENTITY, DataTypes.StringType, false)
          .add(LabelIssuesTable.SCHEMA.apply(LabelIssuesTable.KIND))
          .add(LabelIssuesTable.SCHEMA.apply(LabelIssuesTable.PART))
          .add(LabelIssuesTable.SCHEMA.apply(LabelIssuesTable.FACE_ID))
          .add(LabelIssuesTable.SCHEMA.apply(LabelIssuesTable.URI))
          .add(LabelIssuesTable.SCHEMA.apply(LabelIssuesTable.FACES))
          .add(LabelIssuesTable.SCHEMA.apply(LabelIssuesTable.DISTANCE))
          .add(LabelIssuesTable.SCHEMA.apply(LabelIssuesTable.LIMIT_DISTANCE))
          .add(PROPOSED, DataTypes.LongType, true)
          .add(LabelIssuesTable.SCHEMA.apply(LabelIssuesTable.PROPOSED_DISTANCE))
          .add(LabelIssuesTable.SCHEMA.apply(LabelIssuesTable.PROBABILITY));

  private LabelIssueRows() {}

  /**
   * The issues.
   *
   * @param parts rows of {@link PartRows}
   */
  public static Dataset<Row> of(
      SparkSession spark, Dataset<Row> parts, Broadcast<Resolved> resolved) {
    JavaRDD<Row> rows =
        parts
            .where(col(PartRows.LABELLED))
            .select(
                PartRows.NUMBER,
                PartRows.DATASET,
                PartRows.IDENTITY,
                PartRows.PART,
                PartRows.SIZE,
                PartRows.LIMIT,
                PartRows.FACES)
            .javaRDD()
            .flatMap(part -> issues(part, resolved.value()));
    Dataset<Row> names =
        parts.select(
            col(PartRows.NUMBER).as(PROPOSED),
            col(PartRows.DATASET).as(LabelIssuesTable.PROPOSED_DATASET),
            col(PartRows.IDENTITY).as(LabelIssuesTable.PROPOSED_IDENTITY));
    return spark.createDataFrame(rows, SCHEMA).join(names, new String[] {PROPOSED}, "left_outer");
  }

  private static Iterator<Row> issues(Row part, Resolved resolved) {
    List<Row> faces = part.getList(6);
    if (part.getInt(3) == 0 && faces.size() < TINY) {
      return List.of(tiny(part, faces.size())).iterator();
    }
    LabelIssue kind = kind(part, resolved);
    if (kind == null) {
      return Collections.emptyIterator();
    }
    return faces.stream()
        .filter(face -> !face.getString(2).equals(FaceRole.BYSTANDER.label()))
        .map(face -> row(part, kind, face, resolved.proposal(part.getLong(0))))
        .iterator();
  }

  /** What is wrong with a part; null where nothing is. */
  private static LabelIssue kind(Row part, Resolved resolved) {
    if (part.getInt(3) == 0) {
      return null;
    }
    PartFacts facts = resolved.facts();
    int place = facts.place(part.getLong(0));
    List<Integer> parts = facts.identity(place);
    if (!facts.isMain(parts.get(0))) {
      return undecided(place, parts, resolved);
    }
    if (resolved.person(facts.number(parts.get(0))) == resolved.person(part.getLong(0))) {
      return null;
    }
    return part.getInt(4) >= SECOND_PERSON ? LabelIssue.SPLIT : LabelIssue.OUTLIER;
  }

  /**
   * Where no part has most of the faces, those are strangers that belong to another identity of the
   * dataset; a part is right where all others are strangers.
   */
  private static LabelIssue undecided(int place, List<Integer> parts, Resolved resolved) {
    if (resolved.belongsElsewhere(place)) {
      return LabelIssue.OUTLIER;
    }
    boolean alone =
        parts.stream().allMatch(other -> other == place || resolved.belongsElsewhere(other));
    return alone ? null : LabelIssue.SPLIT;
  }

  private static Row tiny(Row part, int faces) {
    return RowFactory.create(
        part.getString(1),
        part.getString(2),
        LabelIssue.TINY.label(),
        null,
        null,
        null,
        faces,
        null,
        null,
        null,
        null,
        null);
  }

  private static Row row(Row part, LabelIssue kind, Row face, Resolved.Proposal proposal) {
    return RowFactory.create(
        part.getString(1),
        part.getString(2),
        kind.label(),
        part.getInt(3),
        face.getString(0),
        face.getString(1),
        part.getInt(4),
        face.getDouble(3),
        part.getDouble(5),
        proposal == null ? null : proposal.number(),
        proposal == null ? null : proposal.distance(),
        proposal == null ? null : proposal.probability());
  }
}
