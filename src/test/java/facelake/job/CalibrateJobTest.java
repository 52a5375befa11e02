package facelake.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import facelake.TestSpark;
import facelake.UserError;
import facelake.eval.Calibration;
import facelake.job.CalibrateOptions.Source;
import facelake.job.CalibrateResult.Calibrated;
import facelake.match.PhotoRule;
import facelake.table.Lake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Forty people with three photos each: those of one at 0.3, people at 2, all about so. */
class CalibrateJobTest {
  private static final SparkSession SPARK = TestSpark.session();
  private static final String EMBEDDER = "resnet-v1:0123456789ab";
  private static final int PEOPLE = 40;
  private static final int PHOTOS = 3;

  @TempDir private static Path folder;
  private static Lake lake;

  @BeforeAll
  static void fillLake() {
    PeopledLake people = new PeopledLake();
    for (int person = 0; person < PEOPLE; person++) {
      people.person("a", "a" + person, person, 0, PHOTOS);
    }
    // The same people again: no pair of two people is between datasets.
    people.person("b", "b0", 0, 10, 12).person("b", "b1", 1, 10, 12).person("c", null, 2, 10, 12);
    lake = people.into(SPARK, Lake.at(folder.resolve("lake").toString()), 3, 1);
  }

  @Test
  void comparesFacesOfOneDatasetAndNothingElse() {
    Calibrated all = calibrate(lakeOptions(0.1, Optional.empty())).thresholds().get(0);

    assertThat(all.embedder()).isEqualTo(EMBEDDER);
    assertThat(all.faces()).isEqualTo(PEOPLE * PHOTOS + 4);
    assertThat(all.people()).isEqualTo(PEOPLE + 2);
    assertThat(all.genuinePairs()).isEqualTo(PEOPLE * 3 + 2);
    assertThat(all.impostorPairs()).isEqualTo(PEOPLE * (PEOPLE - 1) / 2 * PHOTOS * PHOTOS + 4);
    assertThat(all.calibration().falseMatchRate().value()).isCloseTo(0.1, within(0.001));
    assertThat(all.calibration().threshold()).isBetween(1.5, 2.0);
    assertThat(all.calibration().falseNonMatchRate().value()).isZero();
  }

  @Test
  void calibratesGroupsOfPeopleApartAndClustersByThem() throws IOException {
    StringBuilder csv = new StringBuilder("image,half\n");
    for (int person = 0; person < PEOPLE; person++) {
      for (int photo = 0; photo < PHOTOS; photo++) {
        csv.append(
            "a/%d/%d.jpg,%s%n".formatted(person, photo, person < PEOPLE / 2 ? "one" : "two"));
      }
    }
    Path groups = Files.writeString(folder.resolve("groups.csv"), csv);
    Path out = folder.resolve("calibration.json");

    CalibrateResult result =
        calibrate(
            new CalibrateOptions(
                source(List.of("a")),
                0.05,
                Optional.of(groups.toString()),
                Optional.of(out.toString())));

    assertThat(result.thresholds()).extracting(Calibrated::group).containsExactly("", "one", "two");
    assertThat(result.thresholds())
        .extracting(Calibrated::people)
        .containsExactly((long) PEOPLE, PEOPLE / 2L, PEOPLE / 2L);
    ClusterResult all = cluster("calibrated:" + out);
    ClusterResult one = cluster("calibrated:" + out + "#half=one");
    assertThat(all.threshold()).isEqualTo(result.thresholds().get(0).calibration().threshold());
    assertThat(one.threshold()).isEqualTo(result.thresholds().get(1).calibration().threshold());
    assertThatThrownBy(() -> cluster("calibrated:" + out + "#half=three"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("has no group half=three; its groups are: half=one, half=two");
  }

  /** Any sample is of whole identities, and the same again. */
  @Test
  void drawsIdentities() {
    CalibrateOptions options =
        new CalibrateOptions(
            new Source.OfLake(lake, List.of("a"), 30, 7), 0.1, Optional.empty(), Optional.empty());

    Calibrated drawn = calibrate(options).thresholds().get(0);

    assertThat(drawn.faces()).isEqualTo(30);
    assertThat(drawn.people()).isEqualTo(10);
    assertThat(calibrate(options).thresholds().get(0)).isEqualTo(drawn);
  }

  @Test
  void readsPairsWithTheirDistances() throws IOException {
    StringBuilder csv = new StringBuilder("embedder,left,right,same,distance\n");
    for (int i = 0; i < 100; i++) {
      csv.append("e:1,p%d/1.jpg,p%d/2.jpg,1,%s%n".formatted(i, i, i / 200.0));
      csv.append("e:1,p%d/1.jpg,q%d/1.jpg,0,%s%n".formatted(i, i, (i + 1) / 100.0));
    }
    Path pairs = Files.writeString(folder.resolve("pairs.csv"), csv);

    Calibrated all =
        calibrate(
                new CalibrateOptions(
                    new Source.OfFiles(List.of(pairs.toString())),
                    0.1,
                    Optional.empty(),
                    Optional.empty()))
            .thresholds()
            .get(0);

    assertThat(all.people()).isEqualTo(200);
    assertThat(all.calibration().threshold()).isCloseTo(0.11, within(1e-6));
    assertThat(all.calibration().basis()).isEqualTo(Calibration.Basis.FEW);
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    Path other =
        Files.writeString(
            folder.resolve("other.json"),
            """
            {"thresholds": [{"embedder": "densenet-v1:99", "kind": "", "threshold": 0.5}]}
            """);
    Path nothing =
        Files.writeString(
            folder.resolve("nothing.json"),
            """
            {"thresholds": [{"embedder": "%s", "kind": "", "threshold": null,
                             "basis": "too few pairs"}]}
            """
                .formatted(EMBEDDER));
    Path odd = Files.writeString(folder.resolve("odd.json"), "{}");

    assertThatThrownBy(() -> cluster("calibrated:" + other))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("has no threshold for embeddings of " + EMBEDDER)
        .hasMessageContaining("it has some for densenet-v1:99");
    assertThatThrownBy(() -> cluster("calibrated:" + nothing))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("too few pairs to say");
    assertThatThrownBy(() -> cluster("calibrated:" + odd)).hasMessageContaining("no thresholds");
    assertThatThrownBy(() -> cluster("calibrated:" + folder + "/gone.json"))
        .hasMessageContaining("there is no such file");
    assertThatThrownBy(() -> DistanceThreshold.parse("near"))
        .hasMessageContaining("--threshold near is no distance");
    assertThatThrownBy(() -> calibrate(lakeOptions(0.5, Optional.empty())))
        .hasMessageContaining("a false match rate of 0.5 cannot be asked for");
    assertThatThrownBy(
            () ->
                calibrate(
                    new CalibrateOptions(
                        source(List.of("c")), 0.1, Optional.empty(), Optional.empty())))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("there is no pair of two people");
  }

  private static CalibrateOptions lakeOptions(double rate, Optional<String> out) {
    return new CalibrateOptions(source(List.of()), rate, Optional.empty(), out);
  }

  private static Source source(List<String> datasets) {
    return new Source.OfLake(lake, datasets, 1000, 0);
  }

  private static CalibrateResult calibrate(CalibrateOptions options) {
    return new CalibrateJob(SPARK, options, phase -> {}).execute();
  }

  private static ClusterResult cluster(String threshold) {
    return new ClusterJob(
            SPARK,
            new ClusterOptions(
                lake,
                Optional.of("b"),
                Optional.empty(),
                DistanceThreshold.parse(threshold),
                PhotoRule.ONCE_A_PHOTO,
                0,
                1000),
            phase -> {})
        .execute();
  }
}
