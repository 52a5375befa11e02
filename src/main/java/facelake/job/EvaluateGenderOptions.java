package facelake.job;

import facelake.pipeline.PipelineOptions;
import java.util.List;
import java.util.Optional;

/**
 * What {@link EvaluateGenderJob} is to do.
 *
 * @param inputs folders, tars, globs or tables with the images
 * @param truth what is known of the people in them
 * @param classifiers at least one
 * @param out a file for all figures; empty to write none
 */
public record EvaluateGenderOptions(
    List<String> inputs, Truth truth, List<Classifier> classifiers, Optional<String> out) {

  /**
   * A classifier.
   *
   * @param name for the report
   * @param pipeline that it is part of
   */
  public record Classifier(String name, PipelineOptions pipeline) {}

  /** Who says what is true. */
  public sealed interface Truth {
    /**
     * A file.
     *
     * @param file see {@link facelake.eval.GenderLabels}
     */
    record Labels(String file) implements Truth {}

    /**
     * The folder that an image is in, or one above it.
     *
     * @param male name of the folders with men
     * @param female name of the folders with women
     */
    record Folders(String male, String female) implements Truth {}
  }
}
