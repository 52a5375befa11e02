package facelake.step.review;

import static org.apache.spark.sql.functions.col;

import facelake.match.Subject;
import facelake.match.Verdict;
import facelake.table.DecisionsTable;
import facelake.table.ImagesTable;
import facelake.table.Lake;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.SparkSession;

/** What a person may decide about a row: the key, its words, and the row of a file of decisions. */
final class Choices {
  private final Set<Subject.Identity> labels;

  private Choices(Set<Subject.Identity> labels) {
    this.labels = labels;
  }

  /** Choices about the identities that images are labelled with. */
  static Choices of(SparkSession spark, Lake lake) {
    Set<Subject.Identity> labels = new HashSet<>();
    ImagesTable.open(spark, lake)
        .read()
        .where(col(ImagesTable.IDENTITY).isNotNull())
        .select(ImagesTable.DATASET, ImagesTable.IDENTITY)
        .distinct()
        .collectAsList()
        .forEach(row -> labels.add(new Subject.Identity(row.getString(0), row.getString(1))));
    return new Choices(labels);
  }

  /** Whether images have this label; the name of a cluster is none. */
  boolean isLabel(String dataset, String identity) {
    return labels.contains(new Subject.Identity(dataset, identity));
  }

  static Map<String, Object> identities(
      String key,
      String label,
      Verdict verdict,
      String datasetA,
      String identityA,
      String datasetB,
      String identityB) {
    return choice(
        key,
        label,
        Values.of(
            DecisionsTable.DECISION, verdict.label(),
            DecisionsTable.DATASET_A, datasetA,
            DecisionsTable.IDENTITY_A, identityA,
            DecisionsTable.DATASET_B, datasetB,
            DecisionsTable.IDENTITY_B, identityB));
  }

  static Map<String, Object> faces(
      String key, String label, Verdict verdict, String faceA, String faceB) {
    return choice(
        key,
        label,
        Values.of(
            DecisionsTable.DECISION, verdict.label(),
            DecisionsTable.FACE_A, faceA,
            DecisionsTable.FACE_B, faceB));
  }

  /**
   * That a face is labelled wrongly.
   *
   * @param dataset of its right label; null where that is not known
   */
  static Map<String, Object> wrongLabel(
      String key, String label, String face, String dataset, String identity) {
    return choice(
        key,
        label,
        Values.of(
            DecisionsTable.DECISION, Verdict.WRONG_LABEL.label(),
            DecisionsTable.FACE_A, face,
            DecisionsTable.DATASET_B, dataset,
            DecisionsTable.IDENTITY_B, identity));
  }

  private static Map<String, Object> choice(
      String key, String label, Map<String, Object> decision) {
    return Values.of("key", key, "label", label, "decision", decision);
  }
}
