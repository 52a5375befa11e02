package facelake.job;

import facelake.pipeline.PipelineOptions;
import facelake.step.Changes;
import facelake.step.FaultLimits;
import facelake.step.source.Layout;
import facelake.table.Lake;
import java.util.List;
import java.util.Optional;

/**
 * What {@link IndexJob} is to do.
 *
 * @param inputs folders, globs, files, tars or tables
 * @param dataset the dataset that the images belong to
 * @param lake where the tables are
 * @param layout how the inputs hold images; empty to see from their names
 * @param pipeline how faces are found
 * @param chunkImages how many images are committed together; a kill costs at most one such chunk
 * @param again which unchanged images are done again
 * @param otherPipeline what to do with rows that another pipeline made
 * @param limits on the harm that images may do
 */
public record IndexOptions(
    List<String> inputs,
    String dataset,
    Lake lake,
    Optional<Layout> layout,
    PipelineOptions pipeline,
    int chunkImages,
    Changes.Again again,
    OtherPipeline otherPipeline,
    FaultLimits limits) {

  /** Checks what was given. */
  public IndexOptions {
    DatasetName.require("--dataset", dataset);
  }

  /** The default of {@link #chunkImages}. */
  public static final int DEFAULT_CHUNK_IMAGES = 20_000;

  /** What to do with rows that another pipeline made. */
  public enum OtherPipeline {
    /** Refuse to work: a dataset holds rows of one pipeline. */
    REFUSE,
    /** Do those images again with this one. */
    REINDEX
  }
}
