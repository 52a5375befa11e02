package facelake.step.review;

import facelake.match.Decision;
import facelake.match.Subject;
import facelake.table.Lake;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/** What people decided and nobody took back, the latest first. */
final class DecisionsSection {
  private static final Section.Title TITLE = new Section.Title("decisions", "decisions");

  /** Faces that are shown of an identity. */
  private static final int SHOWN = 8;

  private final SparkSession spark;
  private final Lake lake;
  private final FaceBook book;

  DecisionsSection(SparkSession spark, Lake lake, FaceBook book) {
    this.spark = spark;
    this.lake = lake;
    this.book = book;
  }

  /**
   * The section.
   *
   * @param inForce the decisions, the oldest first
   * @param most decisions that are shown
   */
  Section section(List<Decision> inForce, int most) {
    List<Decision> latest = inForce.subList(Math.max(0, inForce.size() - most), inForce.size());
    Map<Subject.Identity, List<String>> members =
        Members.of(
            spark,
            lake,
            latest.stream()
                .flatMap(decision -> decision.topic().subjects())
                .filter(Subject.Identity.class::isInstance)
                .map(Subject.Identity.class::cast)
                .collect(Collectors.toSet()),
            SHOWN);
    List<Map<String, Object>> rows =
        new ArrayList<>(latest.stream().map(decision -> row(decision, members)).toList());
    Collections.reverse(rows);
    return Section.of(
        TITLE, rows, inForce.size(), inForce.size() > most ? "The latest ones." : null);
  }

  private Map<String, Object> row(Decision decision, Map<Subject.Identity, List<String>> members) {
    Subject b = decision.topic().b();
    return Values.of(
        "id",
        decision.id(),
        "verdict",
        decision.verdict().label(),
        "who",
        decision.who(),
        "when",
        decision.decidedAt().toString(),
        "note",
        decision.note(),
        "a",
        side(decision.topic().a(), members),
        "b",
        b == null ? null : side(b, members),
        Section.CHOICES,
        List.of(Choice.takeBack(decision)));
  }

  private Map<String, Object> side(Subject subject, Map<Subject.Identity, List<String>> members) {
    if (subject instanceof Subject.Identity identity) {
      return Values.of(
          "label", identity.dataset() + "/" + identity.name(),
          "dataset", identity.dataset(),
          "shown", members.getOrDefault(identity, List.of()).stream().map(book::face).toList());
    }
    return Values.of("shown", List.of(book.face(((Subject.Face) subject).id())));
  }
}
