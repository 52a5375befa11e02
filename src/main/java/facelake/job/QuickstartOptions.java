package facelake.job;

import facelake.pipeline.PipelineOptions;
import facelake.table.Lake;
import java.nio.file.Path;

/**
 * What {@link QuickstartJob} works on.
 *
 * @param examples dlib's folder {@code examples}
 * @param albums a folder of the local disk for the albums that are made of them
 * @param lake where the tables are
 * @param review the folder of the page that shows it, a path or URI
 * @param pipeline how faces are found
 */
public record QuickstartOptions(
    Path examples, Path albums, Lake lake, String review, PipelineOptions pipeline) {}
