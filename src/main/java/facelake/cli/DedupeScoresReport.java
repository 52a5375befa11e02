package facelake.cli;

import facelake.eval.ClusterScores;
import facelake.eval.DedupeScores;
import facelake.eval.JudgedMatch;
import facelake.eval.MatchRanking;
import facelake.eval.PlantedTruth;
import facelake.eval.PrecisionRecall;
import facelake.eval.Proportion;
import facelake.eval.RankedPairs;
import facelake.eval.ScoredMatch;
import facelake.job.EvaluateDedupeJob;
import facelake.job.EvaluateDedupeResult;
import facelake.job.PlantedResult;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Tells a person how well dedupe did. */
final class DedupeScoresReport {
  private static final int EXAMPLES = 5;

  /** Somebody in a photo whom its label does not name. */
  private static final String BYSTANDER = "a bystander";

  private static final String[] HEADER = {
    "", "precision", "recall", "F1", "right", "wrong", "missed"
  };
  private static final boolean[] NUMBERS = {false, true, true, true, true, true, true};

  private final PrintWriter out;

  DedupeScoresReport(PrintWriter out) {
    this.out = out;
  }

  void print(EvaluateDedupeResult result) {
    MatchRanking ranking = result.ranking();
    DedupeScores scores = result.scores();
    result.planted().ifPresent(this::printPlanted);
    out.printf(
        "%,d faces of known people; %,d pairs of identities of two datasets are one person%n%n",
        scores.people().items(), ranking.truePairs());
    new TextTable(HEADER, NUMBERS).print(rows(result), out);
    out.println();
    optional(scores.facesWithoutPerson(), "of these faces got no person, and count as alone");
    if (result.planted().isPresent()) {
      out.printf(
          "%,d pairs of photos are called one that were not planted, %,d of them of two people.%n",
          scores.otherDuplicates(), scores.duplicatesOfTwoPeople());
    }
    printWrongByLabels(ranking.wrongByLabels());
    out.println(
        "In brackets: 95 % intervals (Wilson), as if pairs of faces were independent, which they are"
            + " not.");
    printPairs("Pairs of two people with the highest scores:", ranking.surestWrong(EXAMPLES));
    printPairs(
        "Pairs of one person that are not called so, the highest scores first:",
        ranking.surestMissed(EXAMPLES));
    out.printf("%nWritten (%.1f s):%n", result.seconds());
    result.files().forEach(file -> out.println("  " + file));
    out.flush();
  }

  private void printPlanted(PlantedResult planted) {
    out.printf(
        "Planted: %,d photos of %,d people, %,d of them in both datasets, under %,d names; %,d wrong"
            + " labels, %,d shared names, %,d copies%n",
        planted.photos(),
        planted.people(),
        planted.inBoth(),
        planted.identities(),
        planted.wrongLabels(),
        planted.merged(),
        planted.truth().copies().size());
  }

  private void printWrongByLabels(Proportion wrong) {
    if (wrong.successes() > 0) {
      out.printf(
          "%,d of the %,d wrong pairs with verdict same hang on photos with another's name: their"
              + " nearest faces are of one person.%n",
          wrong.successes(), wrong.trials());
    }
  }

  private void optional(long count, String text) {
    if (count > 0) {
      out.printf("%,d %s.%n", count, text);
    }
  }

  private static List<String[]> rows(EvaluateDedupeResult result) {
    DedupeScores scores = result.scores();
    RankedPairs ranked = result.ranking().ranked();
    List<String[]> rows = new ArrayList<>();
    rows.add(row("people: pairs of faces", scores.people().pairs()));
    rows.add(bcubed(scores.people()));
    rows.add(row("identities: verdict same", scores.matches()));
    rows.add(row("identities: best F1", ranked.bestF1()));
    rows.add(
        row(
            "identities: precision " + EvaluateDedupeJob.PRECISION,
            ranked.atPrecision(EvaluateDedupeJob.PRECISION)));
    rows.add(
        found(
            "identities: before the first wrong",
            new Proportion(ranked.trueBeforeFirstFalse(), result.ranking().truePairs())));
    if (result.planted().isPresent()) {
      rows.add(row("labels: faces listed", scores.labelIssues()));
      rows.add(found("labels: wrong ones listed", scores.wrongLabels()));
      rows.add(found("labels: shared names listed", scores.sharedNames()));
      rows.add(proposals(scores.proposals()));
      scores.copies().forEach((kind, share) -> rows.add(found("copies: " + kind, share)));
    }
    return rows;
  }

  private static String[] row(String what, RankedPairs.Operating operating) {
    return Double.isInfinite(operating.score())
        ? row(what, operating.result())
        : row("%s, score %.3f".formatted(what, operating.score()), operating.result());
  }

  private static String[] row(String what, PrecisionRecall result) {
    return new String[] {
      what,
      result.precision().toString(),
      result.recall().toString(),
      number(result.f1()),
      count(result.truePositives()),
      count(result.falsePositives()),
      count(result.falseNegatives())
    };
  }

  private static String[] bcubed(ClusterScores people) {
    return new String[] {
      "people: B-cubed",
      number(people.bcubedPrecision()),
      number(people.bcubedRecall()),
      number(people.bcubedF1()),
      "",
      "",
      ""
    };
  }

  /** Of things that are so, the share that was found. */
  private static String[] found(String what, Proportion share) {
    return new String[] {
      what,
      "",
      share.toString(),
      "",
      count(share.successes()),
      "",
      count(share.trials() - share.successes())
    };
  }

  private static String[] proposals(Proportion share) {
    return new String[] {
      "labels: proposed names",
      share.toString(),
      "",
      "",
      count(share.successes()),
      count(share.trials() - share.successes()),
      ""
    };
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "none" : String.format(Locale.ROOT, "%.3f", value);
  }

  private static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  private void printPairs(String title, List<JudgedMatch> pairs) {
    if (pairs.isEmpty()) {
      return;
    }
    out.printf("%n%s%n", title);
    for (JudgedMatch pair : pairs) {
      out.printf(
          "  %s/%s and %s/%s: %s%s%s%n",
          pair.pair().one().dataset(),
          pair.pair().one().identity(),
          pair.pair().other().dataset(),
          pair.pair().other().identity(),
          pair.personOne().equals(pair.personOther())
              ? pair.personOne()
              : pair.personOne() + " and " + pair.personOther(),
          pair.found().map(DedupeScoresReport::evidence).orElse(" (not among the matches)"),
          nearest(pair));
    }
  }

  /** Whose the nearest faces are, where that is not who the names are. */
  private static String nearest(JudgedMatch pair) {
    if (pair.faceOne().isEmpty() || pair.faceOther().isEmpty()) {
      return "";
    }
    String one = pair.faceOne().map(PlantedTruth.Face::person).orElse(BYSTANDER);
    String other = pair.faceOther().map(PlantedTruth.Face::person).orElse(BYSTANDER);
    return one.equals(pair.personOne()) && other.equals(pair.personOther())
        ? ""
        : "; the nearest faces are of %s and %s".formatted(one, other);
  }

  private static String evidence(ScoredMatch found) {
    return String.format(
        Locale.ROOT,
        " (%s: %s, score %.3f, probability %.4f, distance %.2f)",
        found.verdict(),
        found.reason(),
        found.score(),
        found.probability(),
        found.distance());
  }
}
