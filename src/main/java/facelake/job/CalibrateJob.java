package facelake.job;

import static org.apache.spark.sql.functions.col;

import facelake.UserError;
import facelake.eval.Calibration;
import facelake.eval.ImageGroups;
import facelake.job.CalibrateOptions.Source;
import facelake.job.CalibrateResult.Calibrated;
import facelake.spark.Phases;
import facelake.table.FacesTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Finds the distance under which two faces may be called one person, for a wanted rate of false
 * matches, for each embedder and for groups of people.
 *
 * <p>In: faces of a lake whose identity is known, or pairs with their distances. Out: a file for
 * {@code cluster --threshold calibrated:FILE}.
 *
 * <pre>jobs/facelake calibrate --lake DIR --fmr 1e-4 --out calibration.json</pre>
 */
public final class CalibrateJob {
  private final SparkSession spark;
  private final CalibrateOptions options;
  private final Consumer<String> watcher;
  private final Instant start = Instant.now();

  /**
   * A job that runs once.
   *
   * @param watcher is told each part of the work as it begins
   */
  public CalibrateJob(SparkSession spark, CalibrateOptions options, Consumer<String> watcher) {
    this.spark = spark;
    this.options = options;
    this.watcher = watcher;
  }

  /**
   * Measures pairs and writes the thresholds.
   *
   * @throws UserError when a file is wrong, or when there are no pairs of two people
   */
  public CalibrateResult execute() {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    options.out().ifPresent(file -> OutputFile.require(file, hadoop));
    ImageGroups groups =
        options
            .groups()
            .map(file -> TextFile.read(file, hadoop, ImageGroups::read))
            .orElse(ImageGroups.none());
    try (Phases phases = new Phases(spark, "calibrate", watcher)) {
      List<SampledPairs> samples =
          options.source() instanceof Source.OfLake lake
              ? ofLake(lake, groups, phases)
              : PairFiles.read(((Source.OfFiles) options.source()).files(), groups, hadoop);
      requirePairs(samples);
      requireGroups(samples, groups);
      phases.begin("calibrating");
      CalibrateResult result =
          new CalibrateResult(
              options.falseMatchRate(),
              samples.stream().map(this::calibrated).toList(),
              Duration.between(start, Instant.now()).toMillis() / 1e3);
      options
          .out()
          .ifPresent(file -> OutputFile.writeJson(file, CalibrationFile.values(result), hadoop));
      return result;
    }
  }

  private void requirePairs(List<SampledPairs> samples) {
    if (samples.stream().allMatch(sample -> sample.pairs().impostorPairs() == 0)) {
      throw new UserError(
          options.source() instanceof Source.OfLake
              ? "there is no pair of two people to calibrate by: a dataset with two identities is"
                  + " needed, in photos of one face each; index with --layout identity-folders"
              : "there is no pair of two people to calibrate by: rows with 0 for same are needed");
    }
  }

  private static void requireGroups(List<SampledPairs> samples, ImageGroups groups) {
    for (String kind : groups.kinds()) {
      if (samples.stream().noneMatch(sample -> sample.kind().equals(kind))) {
        throw new UserError(
            "--groups has no group of kind %s for any image here; name images by their files, with as"
                + " many folders as make them unique, and for --pairs as the pairs name them",
            kind);
      }
    }
  }

  private List<SampledPairs> ofLake(Source.OfLake lake, ImageGroups groups, Phases phases) {
    phases.begin("choosing faces");
    Dataset<Row> faces =
        FaceSelection.of(FacesTable.open(spark, lake.lake()).readWhole(), lake.datasets()).faces();
    List<SampledPairs> samples = new ArrayList<>();
    for (String embedder :
        faces
            .select(FacesTable.EMBEDDER)
            .distinct()
            .orderBy(FacesTable.EMBEDDER)
            .as(Encoders.STRING())
            .collectAsList()) {
      phases.begin("comparing faces of %s", embedder);
      samples.addAll(
          new LakePairs(
                  spark,
                  embedder,
                  faces.where(col(FacesTable.EMBEDDER).equalTo(embedder)),
                  lake,
                  options.falseMatchRate())
              .samples(groups));
    }
    return samples;
  }

  private Calibrated calibrated(SampledPairs sample) {
    return new Calibrated(
        sample.embedder(),
        sample.kind(),
        sample.group(),
        sample.faces(),
        sample.people(),
        sample.pairs().genuinePairs(),
        (long) sample.pairs().impostorPairs(),
        Calibration.of(sample.pairs(), options.falseMatchRate()));
  }
}
