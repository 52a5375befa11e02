package facelake.job;

import facelake.UserError;
import facelake.eval.GenderAnswer;
import facelake.eval.GenderLabels;
import facelake.eval.GenderScores;
import facelake.job.EvaluateGenderOptions.Truth;
import facelake.job.EvaluateGenderResult.Classified;
import facelake.model.VerifiedModel;
import facelake.spark.Phases;
import facelake.step.source.SourceImage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * Measures how often gender classifiers are right, of the largest face of each image.
 *
 * <p>In: images, and what is known of them: a file, or the names of their folders. No lake is
 * needed, and none is written.
 *
 * <pre>jobs/facelake evaluate gender --input DIR --labels labels.csv</pre>
 */
public final class EvaluateGenderJob {
  private final SparkSession spark;
  private final EvaluateGenderOptions options;
  private final Map<String, VerifiedModel> models = new HashMap<>();
  private final IndexWatcher watcher;
  private final Instant start = Instant.now();

  /**
   * A job that runs once.
   *
   * @param models the files of the models of all pipelines
   * @param watcher is told how far the work has come
   */
  public EvaluateGenderJob(
      SparkSession spark,
      EvaluateGenderOptions options,
      List<VerifiedModel> models,
      IndexWatcher watcher) {
    this.spark = spark;
    this.options = options;
    this.watcher = watcher;
    models.forEach(model -> this.models.put(model.spec().name(), model));
  }

  /** Images of which the truth is known, and how many others there are in other folders. */
  private record Known(NamedImages images, GenderLabels labels, int others) {}

  /**
   * Measures the classifiers and writes the figures.
   *
   * @throws UserError when a file is wrong, or when no image is labelled
   */
  public EvaluateGenderResult execute() {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    options.out().ifPresent(file -> OutputFile.require(file, hadoop));
    try (Phases phases = new Phases(spark, "evaluate gender", watcher::phase)) {
      phases.begin("listing images");
      Known known = known(hadoop);
      List<Classified> classifiers = new ArrayList<>();
      for (EvaluateGenderOptions.Classifier classifier : options.classifiers()) {
        phases.begin("asking %s of %,d images", classifier.name(), known.images().byName().size());
        classifiers.add(classified(classifier, known));
      }
      EvaluateGenderResult result =
          new EvaluateGenderResult(
              classifiers,
              known.images().byName().size(),
              known.others(),
              known.images().missing(),
              Duration.between(start, Instant.now()).toMillis() / 1e3);
      options.out().ifPresent(file -> OutputFile.writeJson(file, figures(result), hadoop));
      return result;
    }
  }

  private Known known(Configuration hadoop) {
    return options.truth() instanceof Truth.Folders folders
        ? ofFolders(folders)
        : ofFile(((Truth.Labels) options.truth()).file(), hadoop);
  }

  private Known ofFile(String file, Configuration hadoop) {
    GenderLabels labels = TextFile.read(file, hadoop, GenderLabels::read);
    return new Known(
        NamedImages.find(spark, options.inputs(), labels.byImage().keySet(), file), labels, 0);
  }

  private Known ofFolders(Truth.Folders folders) {
    NamedImages images = NamedImages.all(spark, options.inputs());
    Map<String, GenderLabels.Label> labels = new LinkedHashMap<>();
    images
        .byName()
        .forEach(
            (uri, image) -> {
              List<String> path = foldersBelow(image.source(), image.name());
              int male = path.lastIndexOf(folders.male());
              int female = path.lastIndexOf(folders.female());
              if (male != female) {
                labels.put(uri, new GenderLabels.Label(male > female, "", List.of()));
              }
            });
    if (labels.isEmpty()) {
      throw new UserError(
          "none of the %,d images of %s is in a folder %s or %s; name the folders with --folders"
              + " MEN,WOMEN, or give --labels",
          images.byName().size(),
          String.join(", ", options.inputs()),
          folders.male(),
          folders.female());
    }
    return new Known(
        images.only(labels.keySet()),
        new GenderLabels(List.of(), labels),
        images.byName().size() - labels.size());
  }

  /** The folders that an image is in, from its input on. */
  private static List<String> foldersBelow(String source, String name) {
    String input = SourceImage.name(source);
    String above = input.substring(0, input.lastIndexOf('/') + 1);
    String below = name.startsWith(above) ? name.substring(above.length()) : name;
    List<String> path = List.of(below.split("/"));
    return path.subList(0, path.size() - 1);
  }

  private Classified classified(EvaluateGenderOptions.Classifier classifier, Known known) {
    List<VerifiedModel> own = classifier.pipeline().models().stream().map(models::get).toList();
    try (EmbeddedImages embedded =
        EmbeddedImages.of(spark, known.images(), classifier.pipeline(), own, watcher)) {
      Map<String, EmbeddedImages.SaidGender> said = embedded.genders();
      Set<String> failed = embedded.failed().keySet();
      List<GenderAnswer> answers = new ArrayList<>();
      List<String> withoutFace = new ArrayList<>();
      known
          .images()
          .byName()
          .forEach(
              (name, image) -> {
                GenderLabels.Label label = known.labels().byImage().get(name);
                EmbeddedImages.SaidGender answer = said.get(image.uri());
                if (answer == null && !failed.contains(image.uri())) {
                  withoutFace.add(name);
                } else if (answer != null) {
                  answers.add(
                      new GenderAnswer(
                          label.male(), answer.maleProbability(), answer.label(), label.groups()));
                }
              });
      return new Classified(
          classifier.name(),
          GenderScores.of(answers, known.labels().kinds()),
          withoutFace.stream().sorted().toList(),
          embedded.failures());
    }
  }

  private static Map<String, Object> figures(EvaluateGenderResult result) {
    Map<String, Object> classifiers = new LinkedHashMap<>();
    for (Classified classifier : result.classifiers()) {
      Map<String, Object> figures = new LinkedHashMap<>();
      figures.put("scores", classifier.scores().stream().map(GenderFigures::of).toList());
      figures.put("images-without-face", classifier.withoutFace());
      figures.put("failed-images", classifier.failed());
      classifiers.put(classifier.name(), figures);
    }
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("images", result.images());
    figures.put("missing-images", result.missing());
    figures.put("classifiers", classifiers);
    figures.put("seconds", result.seconds());
    return figures;
  }
}
