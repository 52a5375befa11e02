package facelake.job;

import facelake.eval.GenderScores;
import java.util.LinkedHashMap;
import java.util.Map;

/** How often a gender classifier is right, as JSON has it. */
final class GenderFigures {
  private GenderFigures() {}

  static Map<String, Object> of(GenderScores scores) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("kind", scores.kind());
    figures.put("group", scores.group());
    figures.put("accuracy", ScoreFigures.of(scores.accuracy()));
    figures.put("coverage", ScoreFigures.of(scores.coverage()));
    figures.put("accuracy-of-answers", ScoreFigures.of(scores.answeredAccuracy()));
    figures.put("men", of(scores.men()));
    figures.put("women", of(scores.women()));
    return figures;
  }

  private static Map<String, Object> of(GenderScores.Said said) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("accuracy", ScoreFigures.of(said.accuracy()));
    figures.put("called-male", said.male());
    figures.put("called-female", said.female());
    figures.put("unknown", said.unknown());
    return figures;
  }
}
