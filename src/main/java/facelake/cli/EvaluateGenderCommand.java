package facelake.cli;

import facelake.UserError;
import facelake.eval.GenderScores;
import facelake.job.EvaluateGenderJob;
import facelake.job.EvaluateGenderOptions;
import facelake.job.EvaluateGenderOptions.Classifier;
import facelake.job.EvaluateGenderOptions.Truth;
import facelake.job.EvaluateGenderResult;
import facelake.model.VerifiedModel;
import facelake.pipeline.Aligner;
import facelake.pipeline.Detector;
import facelake.pipeline.Embedder;
import facelake.pipeline.GenderModel;
import facelake.pipeline.PipelineOptions;
import facelake.spark.Sessions;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code evaluate gender}: how often gender labels are right. */
@Command(
    name = "gender",
    header = "Measure how often gender classifiers are right.",
    description = {
      "Asks one or more classifiers of the largest face of each image, and tells how often they are"
          + " right, by gender and by group, side by side.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  jobs/facelake evaluate gender --input photos --labels labels.csv",
      "  jobs/facelake evaluate gender --input photos --folders men,women --gender gender-v1,mine.json"
    })
final class EvaluateGenderCommand implements Callable<Integer> {
  @Option(
      names = "--input",
      required = true,
      arity = "1..*",
      paramLabel = "PATH",
      description = "The images: folders, globs in quotes, .tar files, or tables.")
  private List<String> inputs;

  @ArgGroup(multiplicity = "1")
  private Known known;

  @Option(
      names = "--gender",
      split = ",",
      paramLabel = "MODEL|FILE",
      converter = GenderChoice.Converter.class,
      description =
          GenderChoice.WORDS + "; several, with commas, side by side (default: gender-linear-v1).")
  private List<GenderChoice> genders = List.of(GenderChoice.of(GenderModel.GENDER_LINEAR_V1));

  @Option(
      names = "--embedder",
      defaultValue = "resnet-v1",
      paramLabel = "MODEL",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Embedder embedder;

  @Option(
      names = "--detector",
      defaultValue = "hog",
      paramLabel = "NAME",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Detector detector;

  @Option(
      names = "--landmarks",
      defaultValue = "landmarks-5",
      paramLabel = "MODEL",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Aligner aligner;

  @Option(
      names = "--crops",
      description =
          "The images are face crops already: the face in the middle counts, and where the detector"
              + " finds none there, the middle itself.")
  private boolean crops;

  @Option(names = "--out", paramLabel = "FILE.json", description = "A file for all figures.")
  private String out;

  @ArgGroup(validate = false, heading = "%nHow networks are computed:%n")
  private final ComputeOptions computing = new ComputeOptions();

  @Spec private CommandSpec spec;

  /** Who says what is true. */
  private static final class Known {
    @Option(
        names = "--labels",
        required = true,
        paramLabel = "CSV",
        description =
            "A file with the columns image, gender (male or female) and, if wanted, one for each kind"
                + " of group, such as ancestry.")
    private String labels;

    @Option(
        names = "--folders",
        required = true,
        paramLabel = "MEN,WOMEN",
        description =
            "The names of the folders that men and women are in, such as male,female; images in"
                + " neither are left out.")
    private String folders;

    Truth truth() {
      if (labels != null) {
        return new Truth.Labels(labels);
      }
      String[] names = folders.split(",", -1);
      if (names.length != 2
          || names[0].isBlank()
          || names[1].isBlank()
          || names[0].equals(names[1])) {
        throw new UserError(
            "--folders is '%s'; give two names with a comma, first the folder of men: male,female",
            folders);
      }
      return new Truth.Folders(names[0], names[1]);
    }
  }

  @Override
  public Integer call() throws IOException {
    List<Classifier> classifiers = genders.stream().distinct().map(this::classifier).toList();
    EvaluateGenderOptions options =
        new EvaluateGenderOptions(inputs, known.truth(), classifiers, Optional.ofNullable(out));
    List<VerifiedModel> models =
        Models.of(classifiers.stream().map(Classifier::pipeline).toList(), own());
    try (SparkSession spark = Sessions.open("facelake evaluate gender")) {
      EvaluateGenderResult result;
      try (ProgressLine progress = ProgressLine.onTerminalOrLog()) {
        result = new EvaluateGenderJob(spark, options, models, progress).execute();
      }
      print(result);
    }
    return ExitCode.OK;
  }

  private Classifier classifier(GenderChoice gender) {
    if (gender.model() == GenderModel.NONE) {
      throw new UserError("--gender none labels nothing; name a classifier");
    }
    return new Classifier(
        gender.name(),
        PipelineOptions.builder()
            .detector(detector)
            .aligner(aligner)
            .embedder(embedder)
            .genderModel(gender.model())
            .engine(computing.engine())
            .precision(computing.precision())
            .framing(crops ? PipelineOptions.Framing.CROPS : PipelineOptions.Framing.PHOTOS)
            .build());
  }

  private Optional<VerifiedModel> own() {
    List<GenderChoice> own = genders.stream().distinct().filter(g -> g.file().isPresent()).toList();
    if (own.size() > 1) {
      throw new UserError(
          "--gender names two files, %s; compare one at a time",
          own.stream().map(GenderChoice::name).toList());
    }
    return own.stream().findFirst().flatMap(GenderChoice::own);
  }

  private void print(EvaluateGenderResult result) {
    PrintWriter printed = spec.commandLine().getOut();
    Map<String, List<GenderScores>> scores = new LinkedHashMap<>();
    result.classifiers().forEach(one -> scores.put(one.name(), one.scores()));
    new GenderScoresReport(printed).print(scores);
    Listed told = new Listed(printed);
    EvaluateGenderResult.Classified first = result.classifiers().get(0);
    told.some("of the images have no face, and do not count", first.withoutFace());
    told.some("of the images failed", first.failed());
    if (result.others() > 0) {
      printed.printf("%,d images are in neither folder, and do not count%n", result.others());
    }
    told.some("of the images that the labels name are missing", result.missing());
    Optional.ofNullable(out).ifPresent(file -> printed.printf("%nWritten: %s%n", file));
    printed.printf("%.1f s%n", result.seconds());
    printed.flush();
  }
}
