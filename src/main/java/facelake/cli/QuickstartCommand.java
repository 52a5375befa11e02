package facelake.cli;

import facelake.job.ClusterJob;
import facelake.job.ClusterOptions;
import facelake.job.ClusterResult;
import facelake.job.IndexJob;
import facelake.job.IndexOptions;
import facelake.job.IndexResult;
import facelake.job.LakeSummary;
import facelake.match.PhotoRule;
import facelake.model.VerifiedModel;
import facelake.pipeline.GenderModel;
import facelake.pipeline.PipelineOptions;
import facelake.spark.Sessions;
import facelake.step.Changes;
import facelake.step.cells.CellPlan;
import facelake.step.source.Layout;
import facelake.table.ImageStatus;
import facelake.table.Lake;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code quickstart}: what {@code jobs/quickstart} runs once everything is set up. */
@Command(
    name = "quickstart",
    hidden = true,
    header = "Index dlib's example photos and tell what came out.",
    footer = {"", "Example: jobs/quickstart"})
final class QuickstartCommand implements Callable<Integer> {
  private static final double THRESHOLD = 0.6;

  @Option(
      names = "--photos",
      required = true,
      paramLabel = "DIR",
      description = "dlib's folder examples.")
  private String photos;

  @Option(names = "--lake", required = true, paramLabel = "DIR", description = "The lake.")
  private String lake;

  @Option(
      names = "--gender",
      defaultValue = "none",
      paramLabel = "MODEL",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private GenderModel gender;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PipelineOptions pipeline = PipelineOptions.builder().genderModel(gender).build();
    List<VerifiedModel> models = IndexCommand.models(pipeline);
    try (SparkSession spark = Sessions.open("facelake quickstart")) {
      IndexResult faces = index(spark, models, pipeline, "faces", Layout.FLAT);
      IndexResult johns = index(spark, models, pipeline, "johns", Layout.IDENTITY_FOLDERS);
      ClusterResult people = cluster(spark, Optional.empty(), Optional.of("bald_guys.jpg"));
      ClusterResult johnsPeople = cluster(spark, Optional.of("johns"), Optional.empty());
      summarize(spark, List.of(faces, johns), people, johnsPeople);
    }
    return ExitCode.OK;
  }

  private IndexResult index(
      SparkSession spark,
      List<VerifiedModel> models,
      PipelineOptions pipeline,
      String dataset,
      Layout layout) {
    IndexOptions options =
        new IndexOptions(
            List.of(photos + "/" + dataset),
            dataset,
            Lake.at(lake),
            Optional.of(layout),
            pipeline,
            IndexOptions.DEFAULT_CHUNK_IMAGES,
            Changes.Again.NONE,
            IndexOptions.OtherPipeline.REINDEX);
    try (ProgressLine progress = progress()) {
      return new IndexJob(spark, options, models, progress).execute();
    }
  }

  private ClusterResult cluster(
      SparkSession spark, Optional<String> dataset, Optional<String> image) {
    PhotoRule rule = image.isPresent() ? PhotoRule.ANY_NUMBER : PhotoRule.ONCE_A_PHOTO;
    ClusterOptions options =
        new ClusterOptions(Lake.at(lake), dataset, image, THRESHOLD, rule, 0, CellPlan.EXACT_UP_TO);
    try (ProgressLine progress = progress()) {
      return new ClusterJob(spark, options, progress::phase).execute();
    }
  }

  private ProgressLine progress() {
    return ProgressLine.onTerminalOrLog(spec.commandLine().getErr());
  }

  private void summarize(
      SparkSession spark, List<IndexResult> runs, ClusterResult baldGuys, ClusterResult johns) {
    PrintWriter out = spec.commandLine().getOut();
    LakeSummary summary = LakeSummary.of(spark, Lake.at(lake));
    out.println();
    out.println("What facelake found in dlib's example photos");
    out.println();
    row(out, "images", "%,d", summary.present());
    row(out, "without a face", "%,d", summary.images(ImageStatus.NO_FACE));
    row(out, "failed", "%,d", summary.images(ImageStatus.FAILED));
    row(out, "faces", "%,d", summary.faces());
    row(out, "gender", "%s", genderInWords(summary));
    row(out, "bald_guys.jpg", "%d faces of %d people", baldGuys.faces(), baldGuys.people());
    row(out, "johns", "%d faces of %d people", johns.faces(), johns.people());
    row(out, "speed", "%s", speed(runs));
    row(out, "tables", "%s", Lake.at(lake).root());
    out.println();
    out.println("Try:");
    out.printf(
        "  jobs/facelake sql \"SELECT dataset, count(*) AS faces, round(avg(size)) AS mean_size"
            + " FROM faces GROUP BY dataset\" --lake %s%n",
        lake);
    out.printf(
        "  jobs/facelake sql \"SELECT person_id, size, count(DISTINCT uri) AS photos FROM people"
            + " WHERE scope = 'dataset:johns' GROUP BY ALL ORDER BY size DESC\" --lake %s%n",
        lake);
    out.printf(
        "  jobs/facelake sql \"SELECT dataset, images, faces, images_per_second, failures FROM runs"
            + " WHERE command = 'index' ORDER BY started_at\" --lake %s%n",
        lake);
    out.println("Then index your own photos:");
    out.println("  jobs/facelake index --input PHOTOS --dataset mine --lake lake");
    out.flush();
  }

  private static void row(PrintWriter out, String name, String format, Object... values) {
    out.printf("  %-14s %s%n", name, format.formatted(values));
  }

  private String genderInWords(LakeSummary summary) {
    if (gender == GenderModel.NONE) {
      return "no labels: gender-v1 could not be fetched; put the file into a folder and run"
          + " FACELAKE_MODELS=FOLDER jobs/quickstart";
    }
    return summary.genders().entrySet().stream()
        .map(entry -> "%s %,d".formatted(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String speed(List<IndexResult> runs) {
    long images = runs.stream().mapToLong(IndexResult::images).sum();
    double seconds = runs.stream().mapToDouble(IndexResult::seconds).sum();
    if (images == 0) {
      return "nothing was left to do; delete the lake to see it work";
    }
    return "%,d images in %.0f s, most of them for starting; a large collection shows the speed"
        .formatted(images, seconds);
  }
}
