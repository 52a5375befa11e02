package facelake.job;

import facelake.match.Decision;

/**
 * A decision of a file.
 *
 * @param row its place in the file
 * @param decision as the lake has it, else as the file says it
 * @param isNew whether the lake does not have it yet
 * @param saysWhen whether the file says when it was decided
 */
record SaidDecision(int row, Decision decision, boolean isNew, boolean saysWhen) {
  /** A decision that was read from a row, and the one of the lake with its id, or null. */
  static SaidDecision of(DecisionRow row, Decision read, Decision known) {
    boolean isNew = known == null;
    return new SaidDecision(row.number(), isNew ? read : known, isNew, row.saysWhen());
  }
}
