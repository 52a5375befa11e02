package facelake.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import facelake.Nearest;
import facelake.UserError;
import facelake.eval.DedupeFindings;
import facelake.eval.DedupeFindings.Match;
import facelake.eval.DedupeFindings.Name;
import facelake.eval.DedupeScores;
import facelake.eval.JudgedFaces;
import facelake.eval.ListedFace;
import facelake.eval.MatchRanking;
import facelake.eval.PlantedTruth;
import facelake.eval.ScoredMatch;
import facelake.model.VerifiedModel;
import facelake.spark.Phases;
import facelake.table.ImagesTable;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * Measures how well {@link DedupeJob} finds out who is who.
 *
 * <p>In, one of two: a lake with a labelled dataset, of which two datasets are planted that the job
 * is run on, see {@link PlantedDatasets}; or a lake on which the job has run, and a file that says
 * whose name its identities are. Out, in a new folder: {@code scores.json} with all figures, {@code
 * matches.csv} with all pairs and whether each is right, and, of planted datasets, {@code
 * label-issues.csv} with all faces that are or should be listed, beside what was planted. The lake
 * that it starts from is only read.
 *
 * <pre>jobs/facelake evaluate dedupe --lake DIR --dataset NAME --out DIR</pre>
 */
public final class EvaluateDedupeJob {
  /** How much of a list has to be right where it is asked how much of the truth it can hold. */
  public static final double PRECISION = 0.99;

  private static final String SCORES = "scores.json";
  private static final String MATCHES = "matches.csv";
  private static final String LABEL_ISSUES = "label-issues.csv";

  private final SparkSession spark;
  private final EvaluateDedupeOptions options;
  private final List<VerifiedModel> models;
  private final Consumer<String> watcher;
  private final Instant start = Instant.now();

  /**
   * A job that runs once.
   *
   * @param models the files of {@link facelake.pipeline.PipelineOptions#models}; none are needed
   *     where no copies are planted
   * @param watcher is told each part of the work as it begins
   */
  public EvaluateDedupeJob(
      SparkSession spark,
      EvaluateDedupeOptions options,
      List<VerifiedModel> models,
      Consumer<String> watcher) {
    this.spark = spark;
    this.options = options;
    this.models = models;
    this.watcher = watcher;
  }

  /** Writes a file that was opened. */
  @FunctionalInterface
  private interface Content {
    void write(Writer out) throws IOException;
  }

  /**
   * Scores the job.
   *
   * @throws UserError when the folder is in use, when the lake has no such dataset or identity,
   *     when a file is wrong, or when there is nothing to score
   */
  public EvaluateDedupeResult execute() {
    NewFolder.require(options.folder(), hadoop());
    return options instanceof EvaluateDedupeOptions.Planted planted
        ? planted(planted.planting())
        : ownTruth((EvaluateDedupeOptions.OwnTruth) options);
  }

  private EvaluateDedupeResult planted(PlantingOptions planting) {
    requireDataset(planting);
    PlantedResult planted = new PlantedDatasets(spark, planting, models, watcher).execute();
    new DedupeJob(spark, DedupeOptions.of(planting.plantedLake()), watcher).execute();
    try (Phases phases = new Phases(spark, "evaluate", watcher)) {
      phases.begin("scoring");
      PlantedTruth truth = planted.truth();
      DedupeAnswers answers = new DedupeAnswers(spark, planting.plantedLake(), truth);
      List<ScoredMatch> matches = answers.matches();
      Collection<ListedFace> listed = answers.listedFaces();
      DedupeFindings findings =
          new DedupeFindings(
              answers.people(), same(matches), proposals(listed), answers.duplicates());
      EvaluateDedupeResult result =
          written(Optional.of(planted), truth, findings, matches, SCORES, MATCHES, LABEL_ISSUES);
      write(LABEL_ISSUES, new JudgedFaces(listed, truth)::write);
      return result;
    }
  }

  private EvaluateDedupeResult ownTruth(EvaluateDedupeOptions.OwnTruth own) {
    try (Phases phases = new Phases(spark, "evaluate", watcher)) {
      phases.begin("scoring");
      DedupeAnswers.require(spark, own.lake());
      PlantedTruth truth = truth(own);
      DedupeAnswers answers = new DedupeAnswers(spark, own.lake(), truth);
      List<ScoredMatch> matches = answers.matches();
      DedupeFindings findings =
          new DedupeFindings(answers.people(), same(matches), Map.of(), Map.of());
      return written(Optional.empty(), truth, findings, matches, SCORES, MATCHES);
    }
  }

  private void requireDataset(PlantingOptions planting) {
    List<String> known = ImagesTable.open(spark, planting.lake()).datasetsWithFaces();
    if (!known.contains(planting.dataset())) {
      throw new UserError(
          "no face is of dataset '%s'%s; datasets with faces: %s",
          planting.dataset(),
          Nearest.question(planting.dataset(), known),
          known.isEmpty() ? "none" : String.join(", ", known));
    }
  }

  /** The truth of a file, and the main faces of the identities that it knows. */
  private PlantedTruth truth(EvaluateDedupeOptions.OwnTruth own) {
    List<PlantedTruth.Identity> identities =
        new TruthFile(spark, own.lake(), own.truth()).identities();
    Map<Name, String> people = new HashMap<>();
    identities.forEach(one -> people.put(new Name(one.dataset(), one.identity()), one.person()));
    List<String> datasets =
        identities.stream().map(PlantedTruth.Identity::dataset).distinct().toList();
    Map<DedupeFindings.Photo, List<PhotoFace>> photos = new HashMap<>();
    new DedupeFaces(spark, DedupeOptions.of(own.lake()))
        .faces(datasets).select(PhotoFace.columns()).collectAsList().stream()
            .map(PhotoFace::of)
            .filter(face -> people.containsKey(new Name(face.dataset(), face.identity())))
            .forEach(
                face ->
                    photos.merge(
                        new DedupeFindings.Photo(face.dataset(), face.uri()),
                        List.of(face),
                        (a, b) -> Stream.concat(a.stream(), b.stream()).toList()));
    return new PlantedTruth(
        identities,
        photos.values().stream().flatMap(faces -> truth(faces, people)).toList(),
        List.of());
  }

  private static Stream<PlantedTruth.Face> truth(List<PhotoFace> faces, Map<Name, String> people) {
    PhotoFace main = PhotoFace.main(faces);
    return faces.stream()
        .map(
            face ->
                new PlantedTruth.Face(
                    face.dataset(),
                    face.uri(),
                    face.faceId(),
                    face.identity(),
                    face == main ? people.get(new Name(face.dataset(), face.identity())) : null,
                    false));
  }

  private static List<Match> same(List<ScoredMatch> matches) {
    return matches.stream()
        .filter(match -> match.isMain() && match.same())
        .map(ScoredMatch::pair)
        .toList();
  }

  private static Map<String, Name> proposals(Collection<ListedFace> listed) {
    Map<String, Name> proposals = new HashMap<>(); // with nulls
    listed.forEach(face -> proposals.put(face.faceId(), face.proposed()));
    return proposals;
  }

  private EvaluateDedupeResult written(
      Optional<PlantedResult> planted,
      PlantedTruth truth,
      DedupeFindings findings,
      List<ScoredMatch> matches,
      String... files) {
    EvaluateDedupeResult result =
        new EvaluateDedupeResult(
            planted,
            DedupeScores.of(findings, truth),
            MatchRanking.of(matches, truth),
            Stream.of(files).map(this::path).toList(),
            Duration.between(start, Instant.now()).toMillis() / 1e3);
    write(MATCHES, result.ranking()::write);
    write(
        SCORES,
        out ->
            new ObjectMapper()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .writeValue(out, ScoreFigures.of(result)));
    return result;
  }

  private void write(String file, Content content) {
    Path path = new Path(path(file));
    try (Writer out =
        new OutputStreamWriter(path.getFileSystem(hadoop()).create(path), StandardCharsets.UTF_8)) {
      content.write(out);
    } catch (IOException e) {
      throw new UserError(e, "cannot write %s: %s", path, e.getMessage());
    }
  }

  private String path(String file) {
    return options.folder() + "/" + file;
  }

  private Configuration hadoop() {
    return spark.sparkContext().hadoopConfiguration();
  }
}
