package facelake.job;

import static facelake.job.IndexOptions.OtherPipeline.REINDEX;

import facelake.Version;
import facelake.model.VerifiedModel;
import facelake.pipeline.Fingerprint;
import facelake.step.source.Layout;
import facelake.table.RunRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/** What identifies one run of {@link IndexJob}, and its row in the table {@code runs}. */
final class IndexRun {
  private final SparkSession spark;
  private final IndexOptions options;
  private final Map<String, VerifiedModel> models = new TreeMap<>();
  private final Map<String, String> hashes = new TreeMap<>();
  private final String id = UUID.randomUUID().toString();
  private final Instant start = Instant.now();
  private final String pipeline;

  IndexRun(SparkSession spark, IndexOptions options, List<VerifiedModel> models) {
    this.spark = spark;
    this.options = options;
    for (VerifiedModel model : models) {
      this.models.put(model.spec().name(), model);
      this.hashes.put(model.spec().name(), model.sha256());
    }
    this.pipeline = Fingerprint.of(options.pipeline(), hashes);
  }

  String id() {
    return id;
  }

  /** The fingerprint of options and models. */
  String pipeline() {
    return pipeline;
  }

  /** The models by name. */
  Map<String, VerifiedModel> models() {
    return models;
  }

  /** Seconds since the run began. */
  double seconds() {
    return Duration.between(start, Instant.now()).toMillis() / 1e3;
  }

  /** How the pipeline of an earlier run differs: {@code detector mmod, here hog}. */
  String differences(RunRecord other) {
    Map<String, String> here = options.pipeline().described();
    Map<String, String> there = other.options();
    Stream<String> byOption =
        here.keySet().stream()
            .filter(name -> !here.get(name).equals(there.get(name)))
            .map(name -> "%s %s, here %s".formatted(name, there.get(name), here.get(name)));
    Stream<String> byModel =
        hashes.keySet().stream()
            .filter(other.models()::containsKey)
            .filter(name -> !hashes.get(name).equals(other.models().get(name)))
            .map(name -> "another file of model " + name);
    String found = Stream.concat(byOption, byModel).collect(Collectors.joining("; "));
    return found.isEmpty() ? "made by facelake " + other.facelakeVersion() : found;
  }

  RunRecord record(IndexResult result) {
    Map<String, String> described = options.pipeline().described();
    described.put("input", String.join(" ", options.inputs()));
    described.put("layout", options.layout().map(Layout::label).orElse("as found"));
    described.put("chunk-images", Integer.toString(options.chunkImages()));
    described.put("max-pixels", Long.toString(options.pipeline().maxPixels()));
    described.put("image-timeout", Long.toString(options.limits().imageTimeout().toSeconds()));
    described.put("max-crashes", Integer.toString(options.limits().maxCrashes()));
    described.put("retry", options.again().toString().toLowerCase(Locale.ROOT));
    described.put("reindex", Boolean.toString(options.otherPipeline() == REINDEX));
    return new RunRecord(
        id,
        "index",
        options.dataset(),
        start,
        result.seconds(),
        new RunRecord.Counts(
            result.images(),
            result.faces(),
            result.noFace(),
            result.failed(),
            result.unchanged(),
            result.removed()),
        result.failures(),
        hashes,
        described,
        pipeline,
        executors(),
        result.modelLoads(),
        result.selfCheck().isPresent() ? result.selfCheck().getAsDouble() : null,
        null,
        Version.current(),
        spark.version());
  }

  /**
   * Executor JVMs at the end of the run; the driver counts only where it is the executor itself.
   */
  private int executors() {
    int processes = spark.sparkContext().statusTracker().getExecutorInfos().length;
    return Math.max(1, processes - 1);
  }
}
