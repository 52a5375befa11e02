package facelake.job;

import facelake.UserError;
import facelake.match.Contradiction;
import facelake.match.Decision;
import facelake.match.Decisions;
import facelake.match.Subject;
import facelake.match.Verdict;
import facelake.step.forget.Forgotten;
import facelake.table.DecisionsTable;
import facelake.table.Lake;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * Takes people's decisions into a lake, and hands out those that hold.
 *
 * <p>Decisions that the table {@code decisions} has already, by their content, are left alone, so
 * that a file can be given again, longer or not, when the faces that it once spoke of are gone.
 * Those that name an identity that was forgotten are left out, so that its name does not come back.
 * Reading and writing are two steps, so that a run that refuses for any other reason leaves the
 * lake as it was.
 */
final class DecisionIntake {
  private final SparkSession spark;
  private final Lake lake;

  DecisionIntake(SparkSession spark, Lake lake) {
    this.spark = spark;
    this.lake = lake;
  }

  /**
   * The decisions of a lake, none where it has no such table.
   *
   * @throws UserError when they contradict each other
   */
  Decisions recorded() {
    Decisions decisions = new Decisions(rows());
    refuse(lake, decisions.contradictions());
    return decisions;
  }

  /**
   * Reads a file, and gives the decisions of file and lake together; writes nothing, see {@link
   * #record}.
   *
   * @param name a file as {@link DecisionFile} reads it
   * @param now when the run began; the time of decisions that name none
   * @throws UserError with all that is wrong with the rows, or with all contradictions
   */
  TakenDecisions take(String name, Instant now) {
    Instant began = now.truncatedTo(ChronoUnit.MICROS); // as the table will have it
    Map<String, Decision> known = new HashMap<>();
    rows().forEach(decision -> known.put(decision.id(), decision));
    Mistakes mistakes = new Mistakes();
    List<SaidDecision> said = new ArrayList<>();
    List<SaidDecision> ofForgotten = new ArrayList<>();
    Forgotten forgotten = Forgotten.read(spark, lake);
    for (DecisionRow row : new DecisionFile(spark, name).rows()) {
      row.decision(began, mistakes)
          .map(read -> SaidDecision.of(row, read, known.get(read.id())))
          .ifPresent(each -> (names(forgotten, each) ? ofForgotten : said).add(each));
    }
    List<SaidDecision> fresh = said.stream().filter(SaidDecision::isNew).toList();
    List<Decision> added = fresh.stream().map(SaidDecision::decision).distinct().toList();
    List<Decision> all = new ArrayList<>(known.values());
    all.addAll(added);
    Decisions decisions = new Decisions(all);
    new LakeCheck(spark, lake).note(fresh, mistakes);
    noteIdle(fresh, decisions, mistakes);
    mistakes.refuse(name);
    refuse(lake, decisions.contradictions());
    List<String> idle = new ArrayList<>(Overruled.notes(said, decisions));
    if (!ofForgotten.isEmpty()) {
      idle.add(
          "decisions of %s left out, as they name people who were forgotten: %,d"
              .formatted(name, ofForgotten.size()));
    }
    return new TakenDecisions(said.size(), added, idle, decisions);
  }

  /** Adds what is new in a file, in one commit; makes no table for nothing. */
  void record(TakenDecisions taken, String runId, Instant now) {
    if (taken.added() > 0) {
      DecisionsTable.create(spark, lake)
          .addNew(taken.fresh(), runId, now.truncatedTo(ChronoUnit.MICROS));
    }
  }

  private List<Decision> rows() {
    boolean there =
        lake.tables(spark.sparkContext().hadoopConfiguration()).contains(DecisionsTable.NAME);
    return there ? DecisionsTable.open(spark, lake).decisions() : List.of();
  }

  /** Whether a decision that the lake does not have would bring a forgotten name back. */
  private static boolean names(Forgotten forgotten, SaidDecision said) {
    return said.isNew()
        && said.decision()
            .topic()
            .subjects()
            .anyMatch(
                subject ->
                    subject instanceof Subject.Identity identity
                        && forgotten.isKnown(identity.dataset(), identity.name()));
  }

  private static void noteIdle(List<SaidDecision> fresh, Decisions decisions, Mistakes mistakes) {
    for (SaidDecision said : fresh) {
      Decision decision = said.decision();
      if (decision.verdict() == Verdict.WITHDRAW && !decisions.reaches(decision)) {
        mistakes.add(
            said.row(),
            "there is nothing to withdraw: nobody decided on %s before %s",
            decision.topic(),
            decision.decidedAt());
      }
    }
  }

  /**
   * Makes sure that there are no contradictions.
   *
   * @throws UserError with the first of them
   */
  static void refuse(Lake lake, List<Contradiction> found) {
    if (!found.isEmpty()) {
      throw new UserError(
          "decisions of lake %s: %,d %s, and no result was written; take a wrong decision out of the"
              + " file, or take it back with a row 'withdraw' that names the same\n%s",
          lake.root(),
          found.size(),
          found.size() == 1 ? "contradiction" : "contradictions",
          Listed.first(found, Contradiction::line));
    }
  }
}
