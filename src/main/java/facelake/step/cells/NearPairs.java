package facelake.step.cells;

import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Pairs of near embeddings.
 *
 * @param rows each pair once
 * @param recall how many of all pairs these are; empty when they are all
 */
public record NearPairs(Dataset<Row> rows, Optional<Recall> recall) {
  /**
   * Pairs of a sample of embeddings.
   *
   * @param probes cells that an embedding was compared in
   * @param pairs of the sample with all others
   * @param found those of them that were found
   */
  public record Recall(int probes, long pairs, long found) {}

  /** The share of all near pairs that these are, as far as a sample shows; 1 when they are all. */
  public double share() {
    return recall
        .filter(measured -> measured.found() > 0)
        .map(measured -> (double) measured.found() / measured.pairs())
        .orElse(1.0);
  }

  /** The pairs that a comparison of all with all has found. */
  public static NearPairs all(Dataset<Row> rows) {
    return new NearPairs(rows, Optional.empty());
  }
}
