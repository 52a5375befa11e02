package facelake.step.export;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.struct;

import facelake.match.FaceRole;
import facelake.match.LabelIssue;
import facelake.table.FacesTable;
import facelake.table.ImageStatus;
import facelake.table.ImagesTable;
import facelake.table.LabelIssuesTable;
import facelake.table.PeopleTable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The faces that an export may be of, with what is known of their labels: all that have a person,
 * but those that stand beside the face of the label. The columns of images stand beside them.
 */
final class LabelledCandidates {
  /** What is doubtful about the face: a struct of columns of {@link LabelIssuesTable}, or null. */
  static final String ISSUE = "issue";

  /** The person of the face itself, whoever the photo is decided to be of. */
  static final String FACE_PERSON = "face_person";

  private static final String LABEL = "label";
  private static final String LABEL_PERSON = "label_person";
  private static final String PROPOSED_PERSON = "proposed_person";

  private static final String[] ISSUE_COLUMNS = {
    LabelIssuesTable.KIND,
    LabelIssuesTable.DISTANCE,
    LabelIssuesTable.LIMIT_DISTANCE,
    LabelIssuesTable.PROPOSED_DATASET,
    LabelIssuesTable.PROPOSED_IDENTITY,
    LabelIssuesTable.PROBABILITY
  };

  private LabelledCandidates() {}

  static Dataset<Row> of(ExportTables tables) {
    Dataset<Row> labels = labels(tables.people());
    return faces(tables)
        .join(people(tables.people()), FacesTable.FACE_ID)
        .join(issues(tables.labelIssues()), new String[] {FacesTable.FACE_ID}, "left_outer")
        .join(
            labels.toDF(ImagesTable.DATASET, LABEL, LABEL_PERSON),
            new String[] {ImagesTable.DATASET, LABEL},
            "left_outer")
        .join(
            labels.toDF(
                LabelIssuesTable.PROPOSED_DATASET,
                LabelIssuesTable.PROPOSED_IDENTITY,
                PROPOSED_PERSON),
            new String[] {LabelIssuesTable.PROPOSED_DATASET, LabelIssuesTable.PROPOSED_IDENTITY},
            "left_outer");
  }

  /** Faces of whole images, see {@link FacesTable}, with the columns of both. */
  private static Dataset<Row> faces(ExportTables tables) {
    return tables
        .images()
        .where(col(ImagesTable.STATUS).equalTo(ImageStatus.OK.label()))
        .join(
            tables
                .faces()
                .select(
                    FacesTable.FACE_ID,
                    FacesTable.DATASET,
                    FacesTable.URI,
                    FacesTable.RUN_ID,
                    FacesTable.BOX,
                    FacesTable.LANDMARKS,
                    FacesTable.GENDER,
                    FacesTable.SIZE),
            new String[] {FacesTable.DATASET, FacesTable.URI, FacesTable.RUN_ID});
  }

  private static Dataset<Row> people(Dataset<Row> people) {
    return people
        .where(PeopleTable.isSomebody())
        .select(
            col(PeopleTable.FACE_ID),
            col(PeopleTable.PERSON_ID),
            col(PeopleTable.PERSON_ID).as(FACE_PERSON),
            col(PeopleTable.IDENTITY).as(LABEL),
            col(PeopleTable.ROLE));
  }

  /** The person of each identity that has a main part: dataset, identity, person. */
  private static Dataset<Row> labels(Dataset<Row> people) {
    return people
        .where(col(PeopleTable.PART).equalTo(0).and(col(PeopleTable.IDENTITY).isNotNull()))
        .groupBy(PeopleTable.DATASET, PeopleTable.IDENTITY)
        .agg(min(PeopleTable.PERSON_ID));
  }

  /** One issue a face: one that says who it is rather, where there is one; gender says least. */
  private static Dataset<Row> issues(Dataset<Row> issues) {
    return issues
        .where(col(LabelIssuesTable.FACE_ID).isNotNull())
        .groupBy(LabelIssuesTable.FACE_ID)
        .agg(
            min_by(
                    struct(columns(ISSUE_COLUMNS)),
                    struct(
                        col(LabelIssuesTable.PROPOSED_IDENTITY).isNull(),
                        col(LabelIssuesTable.KIND).equalTo(LabelIssue.GENDER.label()),
                        col(LabelIssuesTable.KIND)))
                .as(ISSUE))
        .withColumn(LabelIssuesTable.PROPOSED_DATASET, field(LabelIssuesTable.PROPOSED_DATASET))
        .withColumn(LabelIssuesTable.PROPOSED_IDENTITY, field(LabelIssuesTable.PROPOSED_IDENTITY));
  }

  private static Column field(String name) {
    return col(ISSUE).getField(name);
  }

  private static Column[] columns(String... names) {
    Column[] columns = new Column[names.length];
    for (int i = 0; i < names.length; i++) {
      columns[i] = col(names[i]);
    }
    return columns;
  }

  static ExportRule.Labelled labelled(Row row) {
    return new ExportRule.Labelled(
        row.getAs(PeopleTable.PERSON_ID),
        FaceRole.of(row.getAs(PeopleTable.ROLE)),
        row.getAs(ImagesTable.IDENTITY),
        row.getAs(LABEL),
        row.getAs(LABEL_PERSON),
        issue(row.getAs(ISSUE), row.getAs(PROPOSED_PERSON)));
  }

  private static ExportRule.Issue issue(Row issue, String proposedPerson) {
    if (issue == null) {
      return null;
    }
    String identity = issue.getAs(LabelIssuesTable.PROPOSED_IDENTITY);
    return new ExportRule.Issue(
        LabelIssue.of(issue.getAs(LabelIssuesTable.KIND)),
        number(issue, LabelIssuesTable.DISTANCE),
        number(issue, LabelIssuesTable.LIMIT_DISTANCE),
        identity == null ? null : issue.getAs(LabelIssuesTable.PROPOSED_DATASET) + "/" + identity,
        proposedPerson,
        number(issue, LabelIssuesTable.PROBABILITY));
  }

  private static double number(Row row, String column) {
    Double value = row.getAs(column);
    return value == null ? Double.NaN : value;
  }
}
