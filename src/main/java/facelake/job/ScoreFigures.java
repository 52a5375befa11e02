package facelake.job;

import facelake.eval.ClusterScores;
import facelake.eval.DedupeScores;
import facelake.eval.GroupingScores;
import facelake.eval.MatchRanking;
import facelake.eval.PrecisionRecall;
import facelake.eval.Proportion;
import facelake.eval.RankedPairs;
import java.util.LinkedHashMap;
import java.util.Map;

/** All figures of a score as nested maps of numbers, in the order in which they are told. */
final class ScoreFigures {
  private ScoreFigures() {}

  static Map<String, Object> of(EvaluateDedupeResult result) {
    Map<String, Object> figures = new LinkedHashMap<>();
    result.planted().ifPresent(planted -> figures.put("planted", planted(planted)));
    DedupeScores scores = result.scores();
    figures.put("people", people(scores.people()));
    figures.put("faces-without-person", scores.facesWithoutPerson());
    figures.put("identities", identities(scores.matches(), result.ranking()));
    if (result.planted().isPresent()) {
      figures.put("labels", labels(scores));
      figures.put("duplicates", duplicates(scores));
    }
    figures.put("seconds", result.seconds());
    return figures;
  }

  private static Map<String, Object> planted(PlantedResult planted) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("people", planted.people());
    figures.put("in-both", planted.inBoth());
    figures.put("identities", planted.identities());
    figures.put("photos", planted.photos());
    figures.put("wrong-labels", planted.wrongLabels());
    figures.put("merged", planted.merged());
    figures.put("copies", planted.truth().copies().size());
    figures.put("copies-without-face", planted.copiesWithoutFace());
    return figures;
  }

  private static Map<String, Object> people(ClusterScores people) {
    Map<String, Object> bcubed = new LinkedHashMap<>();
    bcubed.put("precision", number(people.bcubedPrecision()));
    bcubed.put("recall", number(people.bcubedRecall()));
    bcubed.put("f1", number(people.bcubedF1()));
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("faces", people.items());
    figures.put("pairs", of(people.pairs()));
    figures.put("b-cubed", bcubed);
    return figures;
  }

  private static Map<String, Object> identities(PrecisionRecall same, MatchRanking ranking) {
    RankedPairs ranked = ranking.ranked();
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("true-pairs", ranking.truePairs());
    figures.put("same", of(same));
    figures.put("same-wrong-by-labels", of(ranking.wrongByLabels()));
    figures.put("best-f1", of(ranked.bestF1()));
    figures.put(
        "at-precision-" + EvaluateDedupeJob.PRECISION,
        of(ranked.atPrecision(EvaluateDedupeJob.PRECISION)));
    figures.put("true-before-first-false", ranked.trueBeforeFirstFalse());
    return figures;
  }

  private static Map<String, Object> labels(DedupeScores scores) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("issues", of(scores.labelIssues()));
    figures.put("wrong-labels-found", of(scores.wrongLabels()));
    figures.put("shared-names-found", of(scores.sharedNames()));
    figures.put("right-proposals", of(scores.proposals()));
    return figures;
  }

  private static Map<String, Object> duplicates(DedupeScores scores) {
    Map<String, Object> copies = new LinkedHashMap<>();
    scores.copies().forEach((kind, found) -> copies.put(kind, of(found)));
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("copies-found", copies);
    figures.put("other-pairs", scores.otherDuplicates());
    figures.put("pairs-of-two-people", scores.duplicatesOfTwoPeople());
    return figures;
  }

  private static Map<String, Object> of(RankedPairs.Operating operating) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("score", number(operating.score()));
    figures.putAll(of(operating.result()));
    return figures;
  }

  private static Map<String, Object> of(PrecisionRecall result) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("true-positives", result.truePositives());
    figures.put("false-positives", result.falsePositives());
    figures.put("false-negatives", result.falseNegatives());
    figures.put("precision", of(result.precision()));
    figures.put("recall", of(result.recall()));
    figures.put("f1", number(result.f1()));
    return figures;
  }

  static Map<String, Object> of(EvaluateModelsResult.Grouping grouping) {
    GroupingScores scores = grouping.scores();
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("lake", grouping.lake());
    figures.put("dataset", grouping.dataset());
    figures.put("embedder", grouping.embedder());
    figures.put("threshold-kind", grouping.kind().toString());
    figures.put("threshold", grouping.threshold());
    figures.put("faces", scores.faces());
    figures.put("people", scores.people());
    figures.put("groups", scores.groups());
    figures.put("alone", scores.alone());
    figures.put("purity", of(scores.purity()));
    figures.put("wrong-merges", scores.wrongMerges());
    figures.put("splits", scores.splits());
    figures.put("pairs", of(scores.clusters().pairs()));
    figures.put("bcubed-precision", number(scores.clusters().bcubedPrecision()));
    figures.put("bcubed-recall", number(scores.clusters().bcubedRecall()));
    figures.put("bcubed-f1", number(scores.clusters().bcubedF1()));
    return figures;
  }

  static Map<String, Object> of(Proportion share) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("value", number(share.value()));
    figures.put("lower", share.lower());
    figures.put("upper", share.upper());
    figures.put("successes", share.successes());
    figures.put("trials", share.trials());
    return figures;
  }

  /** JSON has neither NaN nor infinity. */
  static Double number(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
