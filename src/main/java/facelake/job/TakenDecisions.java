package facelake.job;

import facelake.match.Decision;
import facelake.match.Decisions;
import java.util.List;

/**
 * A file of decisions, read and found right; nothing of it is in the lake as yet.
 *
 * @param rows of the file
 * @param fresh decisions that the lake does not have yet
 * @param overruled lines on rows that have no effect because of what the lake has besides
 * @param decisions all of file and lake, free of contradictions
 */
record TakenDecisions(int rows, List<Decision> fresh, List<String> overruled, Decisions decisions) {
  /** No file, only what the lake has. */
  static TakenDecisions nothingBeside(Decisions recorded) {
    return new TakenDecisions(0, List.of(), List.of(), recorded);
  }

  /** How many decisions the lake does not have yet. */
  int added() {
    return fresh.size();
  }
}
