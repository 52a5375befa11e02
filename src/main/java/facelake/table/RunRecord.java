package facelake.table;

import facelake.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * What one run did: a row of the table {@code runs}. Null stands for what does not apply to the
 * command.
 *
 * @param runId unique in the lake
 * @param command such as {@code index}
 * @param dataset the dataset that was worked on, or null for all
 * @param startedAt when the run began
 * @param seconds how long it took
 * @param counts what was met
 * @param failures number of failed images by failure class
 * @param models sha256 by model name
 * @param options options by name, those not given included
 * @param pipeline fingerprint of models and options, or null
 * @param executors JVMs that did the work, or null
 * @param modelLoads how often a model was loaded, summed over the JVMs, or null
 * @param selfCheck greatest distance of the embedding of a test chip from the recorded one, or null
 * @param figures what the run learnt and decided by, by name, or null
 * @param facelakeVersion the version that ran
 * @param sparkVersion the version of Spark that it ran on
 */
public record RunRecord(
    String runId,
    String command,
    String dataset,
    Instant startedAt,
    double seconds,
    Counts counts,
    Map<String, Long> failures,
    Map<String, String> models,
    Map<String, String> options,
    String pipeline,
    Integer executors,
    Long modelLoads,
    Double selfCheck,
    Map<String, Double> figures,
    String facelakeVersion,
    String sparkVersion) {

  /** Takes copies of the maps. */
  public RunRecord {
    failures = Map.copyOf(failures);
    models = Map.copyOf(models);
    options = Map.copyOf(options);
    figures = figures == null ? null : Map.copyOf(figures);
  }

  /** The run of a command that meets faces only and needs no models, as it ends. */
  public static RunRecord ofFaces(
      String runId,
      String command,
      String dataset,
      Instant startedAt,
      Long faces,
      Map<String, String> options,
      Map<String, Double> figures,
      String sparkVersion) {
    return new RunRecord(
        runId,
        command,
        dataset,
        startedAt,
        Duration.between(startedAt, Instant.now()).toMillis() / 1e3,
        new Counts(null, faces, null, null, null, null),
        Map.of(),
        Map.of(),
        options,
        null,
        null,
        null,
        null,
        figures,
        Version.current(),
        sparkVersion);
  }

  /** Processed images per second of the whole run; null where no images were counted. */
  public Double imagesPerSecond() {
    return counts.images() == null || seconds == 0 ? null : counts.images() / seconds;
  }

  /**
   * How many images and faces a run met; null stands for what was not counted.
   *
   * @param images images that were processed: with faces, without faces and failed ones
   * @param faces faces that were written, or read where the command writes none
   * @param noFace processed images without a face
   * @param failed processed images that failed
   * @param unchanged images that were left alone, because nothing has changed
   * @param removed images that are no longer in the source
   */
  public record Counts(
      Long images, Long faces, Long noFace, Long failed, Long unchanged, Long removed) {}
}
