package facelake.step.identity;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.min;

import facelake.match.IdentityScore;
import facelake.match.ImpostorTail;
import facelake.match.MatchCalibration;
import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/** Learns from the pairs of a run what their scores mean, see {@link MatchCalibration}. */
public final class Calibrating {
  /** Highest candidate scores that are looked at: those below are hardly one person. */
  private static final int CANDIDATES = 500_000;

  private static final Column IS_CANDIDATE =
      col(ScoredPairs.USE).notEqual(ScoredPairs.Use.IMPOSTOR.name());
  private static final Column IS_IMPOSTOR =
      col(ScoredPairs.USE).notEqual(ScoredPairs.Use.CANDIDATE.name());

  private static final String UNIT = "unit";
  private static final String RIVAL = "rival";

  private final PartFacts facts;
  private final IdentityScore score;
  private final boolean within;
  private final double found;

  /**
   * A calibration of these parts; see {@link ScoredPairs} for score and within.
   *
   * @param found the share of all near pairs that were found: a rank among those that were is a
   *     larger one among all
   */
  public Calibrating(PartFacts facts, IdentityScore score, boolean within, double found) {
    this.facts = facts;
    this.score = score;
    this.within = within;
    this.found = found;
  }

  /**
   * The calibration.
   *
   * @param scored rows of {@link ScoredPairs#SCHEMA}
   * @param parts rows of {@link PartRows}
   */
  public MatchCalibration of(Dataset<Row> scored, Dataset<Row> parts) {
    double impostorPairs = found * pairs(facts.sizes(true));
    double[] impostors = highest(scored.where(IS_IMPOSTOR), ImpostorTail.wanted(impostorPairs));
    double[] candidates = highest(scored.where(IS_CANDIDATE), CANDIDATES);
    return MatchCalibration.of(
        halves(scored, parts),
        ImpostorTail.of(impostors, impostorPairs),
        candidates,
        Math.max(1, candidatePairs()));
  }

  private static double[] highest(Dataset<Row> scored, int count) {
    return scored
        .select(ScoredPairs.SCORE)
        .orderBy(col(ScoredPairs.SCORE).desc())
        .limit(count)
        .as(Encoders.DOUBLE())
        .collectAsList()
        .stream()
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  private double candidatePairs() {
    double all = facts.count() * (facts.count() - 1.0) / 2;
    return within ? all : all - pairs(facts.sizes(true));
  }

  private static double pairs(long[] sizes) {
    return Arrays.stream(sizes).mapToDouble(size -> size * (size - 1.0) / 2).sum();
  }

  private double[] halves(Dataset<Row> scored, Dataset<Row> parts) {
    Dataset<Row> strangers = scored.where(IS_IMPOSTOR);
    Dataset<Row> rivals =
        strangers
            .select(col(ScoredPairs.A).as(UNIT), col(ScoredPairs.NORMALISED))
            .union(strangers.select(col(ScoredPairs.B), col(ScoredPairs.NORMALISED)))
            .groupBy(UNIT)
            .agg(min(ScoredPairs.NORMALISED).as(RIVAL));
    return parts
        .where(col(PartRows.HALVES).isNotNull())
        .join(rivals, col(PartRows.NUMBER).equalTo(col(UNIT)), "left_outer")
        .select(
            col(PartRows.HALVES + "." + PartRows.DISTANCE),
            col(PartRows.HALVES + "." + PartRows.NORMALISED),
            col(RIVAL),
            col(PartRows.HALVES + "." + PartRows.SIZE),
            col(PartRows.HALVES + "." + PartRows.OTHER_SIZE))
        .collectAsList()
        .stream()
        .mapToDouble(
            row ->
                score.of(
                    row.getDouble(0),
                    row.getDouble(1),
                    row.isNullAt(2) ? Double.POSITIVE_INFINITY : row.getDouble(2),
                    row.getInt(3),
                    row.getInt(4)))
        .toArray();
  }
}
