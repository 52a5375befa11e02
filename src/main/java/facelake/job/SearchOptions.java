package facelake.job;

import facelake.UserError;
import facelake.pipeline.PipelineOptions;
import facelake.table.Lake;
import java.util.List;
import java.util.OptionalInt;

/**
 * What {@link SearchJob} is asked.
 *
 * @param lake where faces are looked for
 * @param photo a path or URI on any file system that Hadoop knows
 * @param pipeline how the photo's faces are found
 * @param datasets only faces of these; of all where none is given
 * @param face only this face of the photo, from 1, numbered from left to right
 * @param threshold faces at a smaller distance are told
 * @param top most faces that are told for each face of the photo, 1 or more
 */
public record SearchOptions(
    Lake lake,
    String photo,
    PipelineOptions pipeline,
    List<String> datasets,
    OptionalInt face,
    DistanceThreshold threshold,
    int top) {
  /** Checks the number. */
  public SearchOptions {
    if (top < 1) {
      throw new UserError("--top is %d; give at least 1", top);
    }
  }
}
