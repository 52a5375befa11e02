package facelake.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facelake.TestData;
import facelake.TestSpark;
import facelake.UserError;
import facelake.eval.Proportion;
import facelake.job.EvaluateModelsOptions.Thresholds;
import facelake.job.EvaluateModelsResult.Grouping;
import facelake.job.EvaluateModelsResult.Kind;
import facelake.step.source.Layout;
import facelake.table.Lake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** dlib's five men, eleven photos of each, two of them under one name and one under a wrong one. */
class EvaluateModelsIT {
  @TempDir private static Path temp;
  private static Lake lake;

  @BeforeAll
  static void index() throws IOException {
    Path photos = temp.resolve("photos");
    try (Stream<Path> people = Files.list(TestData.dlibExamples().resolve("johns"))) {
      for (Path person : people.sorted().toList()) {
        Path folder = Files.createDirectories(photos.resolve(person.getFileName()));
        try (Stream<Path> files = Files.list(person)) {
          for (Path file : files.toList()) {
            Files.copy(file, folder.resolve(file.getFileName()));
          }
        }
      }
    }
    Path simm = photos.resolve("John_Simm/000288_00470387.jpg");
    Files.move(simm, photos.resolve("John_Salley/<img src=x onerror=alert(1)>.jpg"));
    lake = Lake.at(temp.resolve("lake").toString());
    EmbeddedIndex.run(photos, Layout.IDENTITY_FOLDERS, "johns", lake);
    Files.delete(photos.resolve("John_Savage/000264_01099001.jpg"));
  }

  @Test
  void showsWhereGroupsAndLabelsDiffer() throws IOException {
    Path out = temp.resolve("out");

    EvaluateModelsResult result = run(List.of("johns"), 0.1, Optional.of(out.toString()));

    assertThat(result.groupings())
        .extracting(Grouping::kind)
        .containsExactly(Kind.OWN, Kind.CALIBRATED);
    Grouping own = result.groupings().get(0);
    assertThat(own.dataset()).isEqualTo("johns");
    assertThat(own.embedder()).startsWith("resnet-v1:");
    assertThat(own.threshold()).isEqualTo(0.6);
    assertThat(own.scores().faces()).isEqualTo(55);
    assertThat(own.scores().people()).isEqualTo(5);
    assertThat(own.scores().groups()).isEqualTo(5);
    assertThat(own.scores().purity()).isEqualTo(new Proportion(54, 55));
    assertThat(own.scores().wrongMerges()).isEqualTo(1);
    assertThat(own.scores().splits()).isEqualTo(1);
    assertThat(result.unseen()).hasSize(1);
    assertThat(result.unseen().firstKey()).endsWith("John_Savage/000264_01099001.jpg");
    assertThat(out.resolve("index.html"))
        .content()
        .contains("wrong merges", "groups-1.html", "groups-2.html", "0.982");
    assertThat(out.resolve("groups-1.html"))
        .content()
        .contains("11 faces of 2 people", "John_Shimkus: 11 faces")
        .containsOnlyOnce("class=\"other\"");
    assertThat(out.resolve("scores.json")).content().contains("\"wrong-merges\" : 1");
    try (Stream<Path> pictures = Files.walk(out.resolve("faces"))) {
      assertThat(pictures.filter(Files::isRegularFile)).hasSize(54);
    }
    assertThat(lakeFolders()).noneMatch(name -> name.startsWith("_evaluate"));
  }

  @Test
  void saysWhereThereAreTooFewPairs() {
    EvaluateModelsResult result = run(List.of(), 1e-5, Optional.empty());

    assertThat(result.groupings()).extracting(Grouping::kind).containsExactly(Kind.OWN);
    assertThat(result.notes())
        .singleElement()
        .asString()
        .startsWith("johns has no threshold for a false match rate of 1.0E-5: too few pairs");
  }

  @Test
  void takesTheThresholdsOfAFile() throws IOException {
    Path file = temp.resolve("calibration.json");
    String embedder = run(List.of(), 0.1, Optional.empty()).groupings().get(0).embedder();
    Files.writeString(
        file,
        """
        {"thresholds": [{"embedder": "%s", "kind": "", "group": "", "threshold": 0.25}]}
        """
            .formatted(embedder));

    EvaluateModelsResult result =
        run(
            new Thresholds.OfFile(
                (DistanceThreshold.Calibrated) DistanceThreshold.parse("calibrated:" + file)),
            List.of(),
            Optional.empty());

    Grouping strict = result.groupings().get(1);
    assertThat(strict.threshold()).isEqualTo(0.25);
    assertThat(strict.scores().splits()).isGreaterThan(5);
    assertThat(strict.scores().wrongMerges()).isZero();
  }

  @Test
  void refusesWhatItCannotCompare() throws IOException {
    assertThatThrownBy(() -> run(List.of("press"), 0.1, Optional.empty()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("no photo of one face with an identity is in dataset press of file:");
    assertThatThrownBy(() -> run(List.of(), 0.1, Optional.of(temp.resolve("photos").toString())))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("is there already");
  }

  private static List<String> lakeFolders() throws IOException {
    try (Stream<Path> all = Files.list(temp.resolve("lake"))) {
      return all.map(path -> path.getFileName().toString()).toList();
    }
  }

  private static EvaluateModelsResult run(
      List<String> datasets, double rate, Optional<String> out) {
    return run(new Thresholds.SameFaces(rate), datasets, out);
  }

  private static EvaluateModelsResult run(
      Thresholds thresholds, List<String> datasets, Optional<String> out) {
    return new EvaluateModelsJob(
            TestSpark.session(),
            new EvaluateModelsOptions(List.of(lake), datasets, thresholds, 0, out),
            embedder -> TestData.model(embedder.toString()),
            phase -> {})
        .execute();
  }
}
