package facelake.job;

import facelake.match.Subject;
import facelake.match.Verdict;
import facelake.table.Lake;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.SparkSession;

/** Holds decisions against the identities and faces that the lake has. */
record LakeCheck(SparkSession spark, Lake lake) {
  /**
   * Notes each subject that the lake does not have. Withdrawals may name what the lake has lost.
   *
   * @throws facelake.UserError when the lake has no images or no faces
   */
  void note(List<SaidDecision> said, Mistakes mistakes) {
    Map<Subject, Set<Integer>> rows = rows(said);
    if (!rows.isEmpty()) {
      note(rows, new LakeSubjects(spark, lake), mistakes);
    }
  }

  private static Map<Subject, Set<Integer>> rows(List<SaidDecision> said) {
    Map<Subject, Set<Integer>> rows = new LinkedHashMap<>();
    for (SaidDecision each : said) {
      if (each.decision().verdict() != Verdict.WITHDRAW) {
        each.decision()
            .topic()
            .subjects()
            .forEach(
                subject ->
                    rows.computeIfAbsent(subject, key -> new LinkedHashSet<>()).add(each.row()));
      }
    }
    return rows;
  }

  private static void note(
      Map<Subject, Set<Integer>> rows, LakeSubjects subjects, Mistakes mistakes) {
    Set<Subject> missing = subjects.missing(rows.keySet());
    List<Subject> told =
        rows.keySet().stream().filter(missing::contains).limit(Listed.SHOWN).toList();
    if (told.isEmpty()) {
      return;
    }
    // Of the others nothing but their number is told.
    Map<Subject, String> reasons = subjects.reasons(told);
    for (Subject subject : missing) {
      String reason = reasons.getOrDefault(subject, "the lake has no " + subject);
      rows.get(subject).forEach(row -> mistakes.add(row, "%s", reason));
    }
  }
}
