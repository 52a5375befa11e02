package facelake.job;

import facelake.eval.GroupingScores;
import java.util.List;
import java.util.SortedMap;

/**
 * How well embedders group faces into people.
 *
 * @param groupings of each dataset, by the embedder's own threshold and by the calibrated one
 * @param notes sentences that a person should read
 * @param unseen why photos are not on the contact sheets, by their uris
 */
public record EvaluateModelsResult(
    List<Grouping> groupings,
    List<String> notes,
    SortedMap<String, String> unseen,
    double seconds) {

  /** Where a threshold comes from; the label stands in tables. */
  public enum Kind {
    /** What the embedder was trained for. */
    OWN("own"),
    /** What {@link CalibrateJob} finds. */
    CALIBRATED("calibrated");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    @Override
    public String toString() {
      return label;
    }
  }

  /**
   * The faces of a dataset, grouped.
   *
   * @param embedder as in {@code faces.embedder}
   * @param threshold faces nearer than this are linked
   */
  public record Grouping(
      String lake,
      String dataset,
      String embedder,
      Kind kind,
      double threshold,
      GroupingScores scores) {}

  /** The figures of each grouping in words, with their names. */
  public static final List<String> HEADER =
      List.of(
          "embedder",
          "dataset",
          "threshold",
          "faces",
          "people",
          "groups",
          "alone",
          "purity",
          "wrong merges",
          "splits",
          "B-cubed F1");

  /** The figures of groupings, in the order of {@link #HEADER}. */
  public static List<List<String>> rows(List<Grouping> groupings) {
    return groupings.stream().map(EvaluateModelsResult::row).toList();
  }

  private static List<String> row(Grouping grouping) {
    GroupingScores scores = grouping.scores();
    return List.of(
        grouping.embedder(),
        grouping.dataset(),
        "%.4f %s".formatted(grouping.threshold(), grouping.kind()),
        "%,d".formatted(scores.faces()),
        "%,d".formatted(scores.people()),
        "%,d".formatted(scores.groups()),
        "%,d".formatted(scores.alone()),
        scores.purity().toString(),
        "%,d".formatted(scores.wrongMerges()),
        "%,d".formatted(scores.splits()),
        "%.3f".formatted(scores.clusters().bcubedF1()));
  }
}
