package facelake.step.review;

import static org.apache.spark.sql.functions.col;

import facelake.match.LabelIssue;
import facelake.match.Subject;
import facelake.table.LabelIssuesTable;
import facelake.table.Lake;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Labels in doubt: the face, others of its identity, and where it may belong. */
final class LabelsSection {
  private static final Section.Title TITLE = new Section.Title("labels", "label issues");

  /** Faces of an identity that are shown beside the one in doubt. */
  private static final int SHOWN = 8;

  private final SparkSession spark;
  private final Lake lake;
  private final FaceBook book;

  LabelsSection(SparkSession spark, Lake lake, FaceBook book) {
    this.spark = spark;
    this.lake = lake;
    this.book = book;
  }

  /**
   * The section: those with the surest proposals first.
   *
   * @param most issues that are shown
   */
  Section section(int most) {
    if (!lake.tables(spark.sparkContext().hadoopConfiguration()).contains(LabelIssuesTable.NAME)) {
      return Section.missing(TITLE, "jobs/facelake dedupe --lake " + lake.root());
    }
    Dataset<Row> all = LabelIssuesTable.open(spark, lake).read();
    long total = all.count();
    List<Row> issues =
        all.orderBy(
                col(LabelIssuesTable.FACE_ID).isNull(),
                col(LabelIssuesTable.PROBABILITY).desc_nulls_last(),
                col(LabelIssuesTable.DATASET),
                col(LabelIssuesTable.IDENTITY),
                col(LabelIssuesTable.KIND),
                col(LabelIssuesTable.FACE_ID),
                col(LabelIssuesTable.PART))
            .limit(most)
            .collectAsList();
    Map<Subject.Identity, List<String>> members = members(issues);
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Row issue : issues) {
      rows.add(row(issue, members));
    }
    return Section.of(TITLE, rows, total, null);
  }

  private static Subject.Identity labelled(Row issue) {
    return new Subject.Identity(
        issue.getAs(LabelIssuesTable.DATASET), issue.getAs(LabelIssuesTable.IDENTITY));
  }

  private static Subject.Identity proposed(Row issue) {
    String dataset = issue.getAs(LabelIssuesTable.PROPOSED_DATASET);
    return dataset == null
        ? null
        : new Subject.Identity(dataset, issue.getAs(LabelIssuesTable.PROPOSED_IDENTITY));
  }

  /** Faces that belong to the identities. */
  private Map<Subject.Identity, List<String>> members(List<Row> issues) {
    Set<Subject.Identity> wanted = new LinkedHashSet<>();
    for (Row issue : issues) {
      wanted.add(labelled(issue));
      if (proposed(issue) != null) {
        wanted.add(proposed(issue));
      }
    }
    // One more, since the face in doubt may be among them.
    return Members.of(spark, lake, wanted, SHOWN + 1);
  }

  private Map<String, Object> row(Row issue, Map<Subject.Identity, List<String>> members) {
    String face = issue.getAs(LabelIssuesTable.FACE_ID);
    Subject.Identity label = labelled(issue);
    Subject.Identity proposed = proposed(issue);
    List<String> own = others(members, label, face);
    return Values.of(
        "id",
        id(issue),
        "kind",
        issue.getAs(LabelIssuesTable.KIND),
        "label",
        text(label),
        "dataset",
        label.dataset(),
        "face",
        face == null ? null : book.face(face),
        "faces",
        issue.getAs(LabelIssuesTable.FACES),
        "distance",
        issue.getAs(LabelIssuesTable.DISTANCE),
        "limit",
        issue.getAs(LabelIssuesTable.LIMIT_DISTANCE),
        "probability",
        issue.getAs(LabelIssuesTable.PROBABILITY),
        "proposed",
        proposed == null ? null : text(proposed),
        "shown",
        faces(own),
        "proposedShown",
        faces(others(members, proposed, face)),
        Section.CHOICES,
        face == null ? List.of() : choices(issue, own));
  }

  /** The same issue has the same id in each run. */
  private static String id(Row issue) {
    return Section.id(
        issue.getAs(LabelIssuesTable.KIND),
        issue.getAs(LabelIssuesTable.DATASET),
        issue.getAs(LabelIssuesTable.IDENTITY),
        issue.getAs(LabelIssuesTable.FACE_ID));
  }

  private static List<String> others(
      Map<Subject.Identity, List<String>> members, Subject.Identity identity, String face) {
    return members.getOrDefault(identity, List.of()).stream()
        .filter(other -> !other.equals(face))
        .limit(SHOWN)
        .toList();
  }

  private List<Map<String, Object>> faces(List<String> ids) {
    return ids.stream().map(book::face).toList();
  }

  private static String text(Subject.Identity identity) {
    return identity.dataset() + "/" + identity.name();
  }

  /** That the face is somebody else's, or that it is one with the others after all. */
  private static List<Choice> choices(Row issue, List<String> others) {
    Subject.Face face = new Subject.Face(issue.getAs(LabelIssuesTable.FACE_ID));
    Subject.Identity label = labelled(issue);
    List<Choice> choices = new ArrayList<>();
    if (proposed(issue) != null) {
      choices.add(Choice.belongsTo(face, proposed(issue)));
    }
    // A face of another gender is one with the others already.
    if (!others.isEmpty()
        && !LabelIssue.GENDER.label().equals(issue.getAs(LabelIssuesTable.KIND))) {
      choices.add(
          Choice.staysAt(
              face,
              label,
              issue.<Integer>getAs(LabelIssuesTable.FACES),
              new Subject.Face(others.get(0))));
    }
    choices.add(Choice.isNot(face, label));
    return choices;
  }
}
