package facelake.job;

import static org.apache.spark.ml.functions.array_to_vector;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import facelake.UserError;
import facelake.eval.GenderAnswer;
import facelake.eval.GenderLabels;
import facelake.eval.GenderScores;
import facelake.pipeline.LinearGender;
import facelake.spark.Phases;
import facelake.step.train.CrossFit;
import facelake.step.train.LogisticFit;
import facelake.table.FacesTable;
import facelake.table.Lake;
import facelake.table.RunRecord;
import facelake.table.RunsTable;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Trains a linear gender classifier on the embeddings of a lake, by regularised logistic
 * regression.
 *
 * <p>In: faces of a lake, and a file that says of images whether they show a man or a woman. Out: a
 * file for {@code index --gender FILE}, with the figures. People are split into folds; each fold is
 * asked of a classifier that was fitted to the others, for each of some strengths of
 * regularisation. The strength with the least log loss is taken, the probabilities are calibrated
 * on what was said of unseen people (Platt, "Probabilistic outputs for support vector machines",
 * 1999), and the classifier is fitted to all people. The figures are those of unseen people.
 *
 * <pre>jobs/facelake train gender --lake DIR --labels labels.csv --out gender.json</pre>
 */
public final class TrainGenderJob {
  /** Strengths that are tried: from hardly any to one that costs accuracy on LFW. */
  private static final double[] REGULARISATIONS = {3e-4, 1e-3, 2e-3, 3e-3, 5e-3, 1e-2};

  private static final String CERTAIN = "certain";

  /** As many digits as a float has. */
  private static final MathContext DIGITS = new MathContext(7);

  private final SparkSession spark;
  private final TrainGenderOptions options;
  private final Lake lake;
  private final Consumer<String> watcher;
  private final Instant start = Instant.now();

  /**
   * A job that runs once.
   *
   * @param watcher is told each part of the work as it begins
   */
  public TrainGenderJob(SparkSession spark, TrainGenderOptions options, Consumer<String> watcher) {
    this.spark = spark;
    this.options = options;
    this.lake = options.lake();
    this.watcher = watcher;
  }

  /** A fit and what the fits of the folds say, which it was chosen by. */
  private record Chosen(double regularisation, double logLoss, Dataset<Row> scored) {}

  /**
   * Trains the classifier and writes its file.
   *
   * @throws UserError when a file or a name is wrong, or when there are too few people
   */
  public TrainGenderResult execute() {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    OutputFile.require(options.out(), hadoop);
    GenderLabels labels = TextFile.read(options.labels(), hadoop, GenderLabels::read);
    try (Phases phases = new Phases(spark, "train gender", watcher)) {
      phases.begin("choosing faces");
      FaceSelection selection =
          FaceSelection.of(FacesTable.open(spark, lake).read(), options.datasets());
      String embedder = OneEmbedder.of(selection).embedder();
      String name = EmbedderLabel.name(embedder);
      String sha256 = sha256(name, selection);
      try (LabelledEmbeddings faces =
          LabelledEmbeddings.of(spark, selection.faces(), labels, options)) {
        Chosen chosen = chosen(faces, phases);
        phases.begin("fitting %,d faces", faces.data().faces());
        LogisticFit calibration = calibration(chosen.scored(), faces.data());
        LogisticFit fitted =
            rounded(LogisticFit.of(faces.rows(), chosen.regularisation()).through(calibration));
        List<GenderScores> scores =
            GenderScores.of(answers(chosen.scored(), calibration, labels), labels.kinds());
        TrainGenderResult result =
            new TrainGenderResult(
                name,
                faces.data(),
                chosen.regularisation(),
                chosen.logLoss(),
                scores,
                Duration.between(start, Instant.now()).toMillis() / 1e3);
        LinearGender classifier =
            new LinearGender(
                name,
                sha256,
                options.unknownFrom(),
                options.unknownTo(),
                fitted.bias(),
                fitted.weights());
        OutputFile.writeJson(options.out(), file(classifier, embedder, result), hadoop);
        return result;
      }
    }
  }

  /** Of the embedder's file; the runs know it, faces its first digits only. */
  private String sha256(String embedder, FaceSelection selection) {
    List<String> pipelines =
        selection
            .faces()
            .select(FacesTable.PIPELINE)
            .distinct()
            .as(Encoders.STRING())
            .collectAsList();
    return RunsTable.open(spark, lake).ofPipelines(pipelines).stream()
        .map(RunRecord::models)
        .map(models -> models.get(embedder))
        .filter(Objects::nonNull)
        .findFirst()
        .orElseThrow(
            () ->
                new UserError(
                    "no run of index that made these faces has ended, so that nobody knows the sha256"
                        + " of their %s; run index again",
                    embedder));
  }

  private Chosen chosen(LabelledEmbeddings faces, Phases phases) {
    Chosen best = null;
    for (double regularisation : REGULARISATIONS) {
      phases.begin(
          "fitting %d folds of %,d people, regularisation %s",
          options.folds(), faces.data().people(), regularisation);
      Dataset<Row> scored = CrossFit.scored(faces.rows(), options.folds(), regularisation);
      double logLoss = CrossFit.logLoss(scored);
      if (best == null || logLoss < best.logLoss()) {
        best = new Chosen(regularisation, logLoss, scored);
      }
    }
    return best;
  }

  /**
   * How log odds are to be stretched and moved so that they are what unseen people show. The
   * targets are Platt's: not 1 and 0 but what one more right and one more wrong answer would leave
   * of them, so that people who are told apart without an error do not make all answers certain.
   */
  private static LogisticFit calibration(Dataset<Row> scored, TrainGenderResult.Data data) {
    Column certain =
        when(col(LogisticFit.LABEL).equalTo(1), lit((data.men() + 1.0) / (data.men() + 2)))
            .otherwise(lit((data.women() + 1.0) / (data.women() + 2)));
    Dataset<Row> odds =
        scored.select(
            col(LogisticFit.LABEL),
            col(LogisticFit.WEIGHT),
            certain.as(CERTAIN),
            array_to_vector(array(col(CrossFit.LOG_ODDS))).as(LogisticFit.FEATURES));
    Column weight = col(LogisticFit.WEIGHT);
    Column label = col(LogisticFit.LABEL);
    return LogisticFit.of(
        odds.withColumn(LogisticFit.WEIGHT, weight.multiply(col(CERTAIN)))
            .unionByName(
                odds.withColumn(LogisticFit.LABEL, lit(1.0).minus(label))
                    .withColumn(LogisticFit.WEIGHT, weight.multiply(lit(1.0).minus(col(CERTAIN)))))
            .coalesce(1),
        0);
  }

  private List<GenderAnswer> answers(
      Dataset<Row> scored, LogisticFit calibration, GenderLabels labels) {
    return scored.select(LabelledEmbeddings.NAME, CrossFit.LOG_ODDS).collectAsList().stream()
        .map(
            row -> {
              GenderLabels.Label label = labels.byImage().get(row.getString(0));
              double logOdds = calibration.weights()[0] * row.getDouble(1) + calibration.bias();
              double probability = 1 / (1 + Math.exp(-logOdds));
              return new GenderAnswer(
                  label.male(), probability, answer(probability), label.groups());
            })
        .toList();
  }

  private String answer(double probability) {
    return LinearGender.label(probability, options.unknownFrom(), options.unknownTo()).toString();
  }

  private static LogisticFit rounded(LogisticFit fit) {
    return new LogisticFit(
        Arrays.stream(fit.weights()).map(TrainGenderJob::rounded).toArray(), rounded(fit.bias()));
  }

  private static double rounded(double value) {
    return new BigDecimal(value).round(DIGITS).doubleValue();
  }

  private Map<String, Object> file(
      LinearGender classifier, String embeddings, TrainGenderResult result) {
    Map<String, Object> training = new LinkedHashMap<>();
    training.put("embeddings", embeddings);
    training.put("faces", result.data().faces());
    training.put("people", result.data().people());
    training.put("balanced", options.balance().orElse("gender"));
    training.put("folds", options.folds());
    training.put("seed", options.seed());
    training.put("regularisation", result.regularisation());
    training.put("log-loss", result.logLoss());
    training.put("unseen-people", result.scores().stream().map(GenderFigures::of).toList());
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("embedder", classifier.embedder());
    file.put("embedder-sha256", classifier.embedderSha256());
    file.put("unknown-from", classifier.unknownFrom());
    file.put("unknown-to", classifier.unknownTo());
    file.put("bias", classifier.bias());
    file.put("weights", classifier.weights());
    file.put("training", training);
    return file;
  }
}
