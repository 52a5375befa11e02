package facelake.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import facelake.UserError;
import facelake.job.BenchmarkJob;
import facelake.job.BenchmarkResult;
import facelake.job.PairsBenchmark;
import facelake.model.ModelStore;
import facelake.net.Precision;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code benchmark}: how fast this machine is. */
@Command(
    name = "benchmark",
    header = "Measure how fast this machine finds and embeds faces.",
    description = {
      "Runs each step on one thread over drawn photos, dlib's own code and oneDNN in turns, and tells"
          + " medians. Takes a few minutes, most of them for dlib's CNN detector. Networks whose"
          + " models are not here are left out: jobs/facelake models fetch --all gets them.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  jobs/facelake benchmark",
      "  jobs/facelake benchmark --only resnet-v1,photo",
      "  jobs/facelake benchmark --json speed.json",
      "  jobs/facelake benchmark --pairs 125000,250000"
    })
final class BenchmarkCommand implements Callable<Integer> {
  private static final int MOST_FACES = 4_000_000;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Also write all figures as one JSON object, keys such as resnet-v1.fp32.ms.")
  private Path json;

  @Option(
      names = "--pairs",
      paramLabel = "FACES",
      split = ",",
      description =
          "Measure only how long one thread compares all pairs of so many drawn embeddings, such as"
              + " 125000,250000. A million take 10 to 20 minutes and 1 GB of heap.")
  private List<Integer> pairs = List.of();

  @Option(
      names = "--only",
      paramLabel = "PART",
      split = ",",
      description =
          "Measure these only: resnet-v1, densenet-v1, gender-v1, taguchi-gender, mmod, photo (one"
              + " photo from detection to embedding), steps (detection, landmarks, chip, decoding),"
              + " pairs (comparing faces).")
  private Set<BenchmarkJob.Part> only;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (!pairs.isEmpty()) {
      comparePairs();
      return ExitCode.OK;
    }
    requireWritable();
    BenchmarkResult result;
    try (ProgressLine progress = ProgressLine.onTerminalOrLog()) {
      BenchmarkJob job =
          new BenchmarkJob(
              ModelStore.fromEnvironment(),
              only == null ? EnumSet.allOf(BenchmarkJob.Part.class) : only,
              what -> progress.phase("measuring " + what));
      if (only != null) {
        job.requireModels();
      }
      result = job.execute();
    }
    print(result);
    if (json != null) {
      write(result);
    }
    return ExitCode.OK;
  }

  private void print(BenchmarkResult result) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%s, %s, one thread%n%n", result.processor(), result.instructions());
    out.printf("%-16s %10s", "ms", "dlib");
    result.peak().keySet().forEach(p -> out.printf(" %10s %7s %7s", p, "ratio", "peak"));
    out.println();
    for (BenchmarkResult.Network network : result.networks()) {
      out.printf("%-16s %10.2f", network.name(), network.dlib());
      for (Map.Entry<Precision, Double> ms : network.onednn().entrySet()) {
        Precision precision = ms.getKey();
        String share =
            network.gflop() == 0
                ? ""
                : "%.0f %%"
                    .formatted(100 * network.gflops(precision) / result.peak().get(precision));
        out.printf(" %10.2f %6.1fx %7s", ms.getValue(), network.ratio(precision), share);
      }
      out.println();
    }
    for (BenchmarkResult.Step step : result.steps()) {
      if (step.dlib() > 0) {
        out.printf(
            "%-16s %10.2f %10.2f %6.1fx%n", step.name(), step.dlib(), step.ms(), step.ratio());
      } else {
        out.printf("%-16s %10s %10.2f%n", step.name(), "", step.ms());
      }
    }
    result.pairs().ifPresent(this::printSpeed);
    out.println();
    result
        .peak()
        .forEach(
            (p, gflops) -> out.printf("peak %s: %.0f GFLOP/s in a matrix product%n", p, gflops));
    out.println(
        "Networks, landmarks and chip: ms a face; mmod, hog and jpeg: ms a photo; photo-250: ms a"
            + " photo of 250 x 250 with one face, from detection to embedding.");
    result.remarks().forEach(out::println);
    out.flush();
  }

  private void printSpeed(PairsBenchmark.Outcome outcome) {
    PrintWriter out = spec.commandLine().getOut();
    outcome
        .seconds()
        .keySet()
        .forEach(
            precision ->
                out.printf(
                    "%-16s %10.0f s for a million faces on one core%n",
                    "pairs " + precision, outcome.secondsOfAMillion(precision)));
  }

  private void comparePairs() {
    if (only != null || json != null) {
      throw new UserError("--pairs measures nothing else: leave out --only and --json");
    }
    for (int faces : pairs) {
      if (faces < 2 || faces > MOST_FACES) {
        throw new UserError(
            "--pairs takes numbers of faces from 2 to %,d, not %,d", MOST_FACES, faces);
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    PairsBenchmark benchmark = new PairsBenchmark(BenchmarkJob.precisions());
    out.printf(
        "pairs of drawn embeddings nearer than %.1f, one thread%n%n%10s %14s",
        PairsBenchmark.THRESHOLD, "faces", "near pairs");
    BenchmarkJob.precisions().forEach(p -> out.printf(" %10s %8s", p + " s", "ns/pair"));
    out.println();
    out.flush();
    for (int faces : pairs) {
      PairsBenchmark.Outcome outcome = benchmark.execute(faces);
      out.printf("%,10d %,14d", faces, outcome.near());
      outcome.seconds().forEach((p, s) -> out.printf(" %10.2f %8.2f", s, outcome.nanosAPair(p)));
      out.println();
      out.flush();
    }
  }

  /** Before minutes of work, not after. */
  private void requireWritable() {
    if (json == null) {
      return;
    }
    Path folder = json.toAbsolutePath().getParent();
    boolean writable = Files.exists(json) ? Files.isWritable(json) : Files.isWritable(folder);
    if (!writable || Files.isDirectory(json)) {
      throw new UserError("cannot write %s; name a file in a folder that you may write to", json);
    }
  }

  private void write(BenchmarkResult result) {
    try {
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .writeValue(json.toFile(), result.flat());
    } catch (IOException e) {
      throw new UserError(e, "cannot write %s: %s", json, e.getMessage());
    }
  }
}
