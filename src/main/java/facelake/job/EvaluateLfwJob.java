package facelake.job;

import facelake.UserError;
import facelake.dlib.DlibNetwork;
import facelake.eval.ImageGroups;
import facelake.eval.MeasuredPair;
import facelake.eval.VerificationPair;
import facelake.eval.VerificationPairs;
import facelake.eval.VerificationScores;
import facelake.model.VerifiedModel;
import facelake.pipeline.PipelineOptions;
import facelake.spark.Phases;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * Measures how well embedders tell one person from two on pairs of images, by the protocol of
 * dlib's test on LFW (Huang et al., "Labeled Faces in the Wild", 2007, view 2).
 *
 * <p>Each image that a pair names is embedded once by each embedder. No lake is needed, and none is
 * written.
 */
public final class EvaluateLfwJob {
  private final SparkSession spark;
  private final EvaluateLfwOptions options;
  private final Map<String, VerifiedModel> models = new HashMap<>();
  private final IndexWatcher watcher;
  private final Instant start = Instant.now();

  /**
   * A job that runs once.
   *
   * @param models the files of {@link PipelineOptions#models} of all pipelines
   * @param watcher is told how far the work has come
   */
  public EvaluateLfwJob(
      SparkSession spark,
      EvaluateLfwOptions options,
      List<VerifiedModel> models,
      IndexWatcher watcher) {
    this.spark = spark;
    this.options = options;
    this.watcher = watcher;
    models.forEach(model -> this.models.put(model.spec().name(), model));
  }

  /**
   * Measures the embedders and writes the figures.
   *
   * @throws UserError when the folder is in use, when a file is wrong, or when no pair of one
   *     person or none of two can be compared
   */
  public EvaluateLfwResult execute() {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    options.folder().ifPresent(folder -> NewFolder.require(folder, hadoop));
    List<VerificationPair> pairs = TextFile.read(options.pairs(), hadoop, VerificationPairs::read);
    ImageGroups groups =
        options
            .groups()
            .map(file -> TextFile.read(file, hadoop, ImageGroups::read))
            .orElse(ImageGroups.none());
    try (Phases phases = new Phases(spark, "evaluate lfw", watcher::phase)) {
      phases.begin("listing images");
      NamedImages images = NamedImages.find(spark, options.images(), names(pairs), options.pairs());
      List<EvaluateLfwResult.Embedded> embedders = new ArrayList<>();
      for (PipelineOptions pipeline : options.pipelines()) {
        phases.begin("embedding %,d images by %s", images.byName().size(), pipeline.embedder());
        embedders.add(embedded(pipeline, images, pairs, groups));
      }
      EvaluateLfwResult result =
          new EvaluateLfwResult(
              embedders,
              pairs.size(),
              images.missing(),
              Duration.between(start, Instant.now()).toMillis() / 1e3);
      options
          .folder()
          .ifPresent(
              folder -> {
                phases.begin("writing figures");
                new VerificationFiles(new ReportFolder(folder, hadoop)).write(result);
              });
      return result;
    }
  }

  private static List<String> names(List<VerificationPair> pairs) {
    return pairs.stream().flatMap(pair -> Stream.of(pair.left(), pair.right())).toList();
  }

  private EvaluateLfwResult.Embedded embedded(
      PipelineOptions pipeline,
      NamedImages images,
      List<VerificationPair> pairs,
      ImageGroups groups) {
    DlibNetwork.MetricLoss loss =
        pipeline.embedder().loss(models.get(pipeline.embedder().toString()).bytes());
    double threshold = options.threshold().orElse(loss.thresholdAsWritten());
    List<VerifiedModel> own = pipeline.models().stream().map(models::get).toList();
    try (EmbeddedImages embedded = EmbeddedImages.of(spark, images, pipeline, own, watcher)) {
      List<MeasuredPair> measured = embedded.measured(pairs);
      requireBothKinds(measured, embedded);
      return new EvaluateLfwResult.Embedded(
          EmbedderLabel.of(pipeline, models.get(pipeline.embedder().toString()).sha256()),
          pipeline,
          loss.margin(),
          VerificationScores.of(measured, threshold),
          measured,
          groups.scores(measured, threshold),
          embedded.count(),
          embedded.centred(),
          embedded.failures());
    }
  }

  private void requireBothKinds(List<MeasuredPair> measured, EmbeddedImages embedded) {
    long same = measured.stream().filter(pair -> pair.pair().same()).count();
    if (same == 0 || same == measured.size()) {
      List<String> failures = embedded.failures();
      throw new UserError(
          "%s gives %,d pairs of one person and %,d of two whose images can be read, and both kinds"
              + " are needed%s",
          options.pairs(),
          same,
          measured.size() - same,
          failures.isEmpty()
              ? ""
              : "; %,d images failed, such as %s".formatted(failures.size(), failures.get(0)));
    }
  }
}
