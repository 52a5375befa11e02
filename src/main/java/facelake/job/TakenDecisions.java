package facelake.job;

import facelake.match.Decisions;
import java.util.List;

/**
 * What became of a file of decisions.
 *
 * @param rows of the file
 * @param added decisions that the lake did not have yet
 * @param overruled lines on rows that have no effect because of what the lake has besides
 * @param decisions all of file and lake, free of contradictions
 */
record TakenDecisions(int rows, int added, List<String> overruled, Decisions decisions) {}
