package facelake.job;

import facelake.match.Decision;
import facelake.match.Subject;
import facelake.match.Topic;
import facelake.match.Verdict;
import facelake.step.review.Choice;
import facelake.step.review.Section;
import facelake.table.DecisionsTable;
import facelake.table.Lake;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/**
 * Rows with the choices that {@code dedupe --decisions} will take: none on what the lake has lost,
 * and none on what was decided already, but to take it back.
 */
final class DecidableRows {
  private final List<Decision> inForce;
  private final Set<Subject> lost;

  private DecidableRows(List<Decision> inForce, Set<Subject> lost) {
    this.inForce = inForce;
    this.lost = lost;
  }

  /**
   * The choices on some sections of a lake.
   *
   * @param inForce what people decided
   */
  static DecidableRows of(
      SparkSession spark, Lake lake, List<Decision> inForce, List<Section> sections) {
    Set<Subject> asked = new HashSet<>();
    sections.stream()
        .flatMap(section -> section.rows().stream())
        .flatMap(row -> choices(row).stream())
        .flatMap(choice -> choice.topic().subjects())
        .forEach(asked::add);
    return new DecidableRows(
        inForce, asked.isEmpty() ? asked : new LakeSubjects(spark, lake).missing(asked));
  }

  /** A row as it becomes JSON. */
  Map<String, Object> row(Map<String, Object> row) {
    if (!row.containsKey(Section.CHOICES)) {
      return row;
    }
    Map<String, Object> decidable = new LinkedHashMap<>(row);
    decidable.put(
        Section.CHOICES,
        choices(row).stream().filter(this::isOpen).map(DecidableRows::values).toList());
    return decidable;
  }

  @SuppressWarnings("unchecked")
  private static List<Choice> choices(Map<String, Object> row) {
    return (List<Choice>) row.getOrDefault(Section.CHOICES, List.of());
  }

  /** Whether a decision of this kind is taken. What was decided can be taken back, and no more. */
  private boolean isOpen(Choice choice) {
    return choice.verdict() == Verdict.WITHDRAW
        || choice.topic().subjects().noneMatch(lost::contains)
            && inForce.stream().noneMatch(decision -> rules(decision, choice.topic()));
  }

  /** Whether a decision leaves no room for another one on a topic; labels are of single faces. */
  private static boolean rules(Decision decision, Topic topic) {
    boolean label =
        decision.verdict() == Verdict.WRONG_LABEL || decision.verdict() == Verdict.NOT_A_FACE;
    return label ? decision.topic().a().equals(topic.a()) : decision.topic().equals(topic);
  }

  private static Map<String, Object> values(Choice choice) {
    Map<String, Object> decision = new LinkedHashMap<>();
    decision.put(DecisionsTable.DECISION, choice.verdict().label());
    List<String> columns = DecisionsTable.columns(choice.topic().form());
    List<String> texts = choice.topic().subjects().flatMap(DecidableRows::texts).toList();
    for (int i = 0; i < columns.size(); i++) {
      decision.put(columns.get(i), texts.get(i));
    }
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("key", choice.key());
    values.put("label", choice.label());
    values.put("decision", decision);
    return values;
  }

  private static Stream<String> texts(Subject subject) {
    return subject instanceof Subject.Identity identity
        ? Stream.of(identity.dataset(), identity.name())
        : Stream.of(((Subject.Face) subject).id());
  }
}
