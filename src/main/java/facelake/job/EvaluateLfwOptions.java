package facelake.job;

import facelake.pipeline.PipelineOptions;
import java.util.List;
import java.util.Optional;

/**
 * What {@link EvaluateLfwJob} is to do.
 *
 * @param images folders, tars, globs or tables with the images
 * @param pairs the file that says which are compared, see {@link facelake.eval.VerificationPairs}
 * @param groups a file that says what is known of the people, see {@link facelake.eval.ImageGroups}
 * @param pipelines how faces are found and embedded, one for each embedder, at least one
 * @param threshold of the distance; empty for what each embedder was trained for
 * @param folder a new folder for all figures; empty to write none
 */
public record EvaluateLfwOptions(
    List<String> images,
    String pairs,
    Optional<String> groups,
    List<PipelineOptions> pipelines,
    Optional<Double> threshold,
    Optional<String> folder) {}
