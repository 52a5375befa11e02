package facelake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import facelake.TestData;
import facelake.TestLauncher;
import facelake.TestLauncher.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user meets who starts {@code jobs/facelake}, with its exit codes. */
class LauncherIT {
  @TempDir private Path temp;

  @Test
  void namesTheCommandsInTheOrderOfUse() {
    Outcome help = TestLauncher.run();

    assertThat(help.exit()).isZero();
    assertThat(help.out())
        .containsSubsequence("\n  models ", "\n  index ", "\n  cluster ", "\n  sql ");
    assertThat(help.err()).isEmpty();
  }

  @Test
  void helpOfACommandHasAnExample() {
    Outcome help = TestLauncher.run("index", "--help");

    assertThat(help.exit()).isZero();
    assertThat(help.out()).contains("Examples:", "jobs/facelake index --input ~/photos");
    assertThat(help.err()).isEmpty();
  }

  @Test
  void benchmarkTellsAndWritesWhatItMeasured() throws IOException {
    TestData.model("resnet-v1");
    Path json = temp.resolve("speed.json");

    Outcome outcome =
        TestLauncher.run("benchmark", "--only", "resnet-v1,photo", "--json", json.toString());

    assertThat(outcome.exit()).isZero();
    assertThat(outcome.out()).containsSubsequence("one thread", "resnet-v1 ", "photo-250 ", "peak");
    assertThat(outcome.out()).doesNotContain("densenet-v1 ", "mmod-1mp ", "hog-1mp ");
    JsonNode figures = new ObjectMapper().readTree(json.toFile());
    for (String name : List.of("resnet-v1", "photo-250")) {
      double dlib = figures.get(name + ".dlib.ms").asDouble();
      double fp32 = figures.get(name + ".fp32.ms").asDouble();
      assertThat(figures.get(name + ".fp32.ratio").asDouble()).isEqualTo(dlib / fp32);
      assertThat(dlib).as(name).isGreaterThan(fp32);
    }
    assertThat(figures.get("peak.fp32.gflops").asDouble()).isPositive();
  }

  @Test
  void benchmarkComparesPairs() {
    Outcome outcome = TestLauncher.run("benchmark", "--pairs", "2000,5000");

    assertThat(outcome.exit()).isZero();
    assertThat(outcome.out()).containsSubsequence("near pairs", "\n     2,000 ", "\n     5,000 ");
    assertRefused(
        TestLauncher.run("benchmark", "--pairs", "1"),
        "--pairs takes numbers of faces from 2 to 4,000,000, not 1");
    assertRefused(
        TestLauncher.run("benchmark", "--pairs", "2000", "--json", "x"),
        "--pairs measures nothing else: leave out --only and --json");
  }

  @Test
  void benchmarkRefusesBeforeItMeasures() {
    assertRefused(
        TestLauncher.run("benchmark", "--only", "photo", "--json", temp.toString()),
        "cannot write " + temp + "; name a file in a folder that you may write to");
    assertRefused(
        TestLauncher.run(
            Map.of("FACELAKE_CACHE", temp.toString(), "FACELAKE_MODELS", ""),
            "benchmark",
            "--only",
            "resnet-v1,photo"),
        "this needs models that are not here: resnet-v1, landmarks-5; get them with jobs/facelake"
            + " models fetch resnet-v1 landmarks-5");
  }

  @Test
  void benchmarkNamesItsParts() {
    assertRefused(
        TestLauncher.run("benchmark", "--only", "hog"),
        "'hog' is none of densenet-v1, gender-v1, mmod, pairs, photo, resnet-v1, steps, taguchi-gender");
  }

  @Test
  void refusesAnUnknownOption() {
    assertRefused(index("--datasett", "x"), "unknown option '--datasett'; did you mean --dataset?");
  }

  @Test
  void refusesAnUnknownLayoutAndSuggestsTheNearest() {
    assertRefused(
        index("--layout", "identity-folder"),
        "There is no layout identity-folder (there are identity-folders, flat, tar, table); did you mean");
  }

  @Test
  void refusesAMissingModelWithTheRemedyBeforeSparkStarts() {
    // A master that no session could start with.
    Outcome outcome =
        TestLauncher.run(
            Map.of(
                "FACELAKE_CACHE", temp.toString(),
                "FACELAKE_MODELS", "",
                "FACELAKE_JAVA_OPTIONS", "-Dspark.master=none"),
            "index --input src --dataset d --lake l".split(" "));

    assertRefused(outcome, "jobs/facelake models fetch");
    assertThat(outcome.err()).contains("landmarks-5", temp.toString());
  }

  @Test
  void refusesAMissingInput() {
    Path nowhere = temp.resolve("nowhere");

    assertRefused(
        TestLauncher.run(
            "index", "--input", nowhere.toString(), "--dataset", "d", "--lake", lake().toString()),
        nowhere.toString());
    assertThat(lake()).doesNotExist();
  }

  @Test
  void refusesALakeThatCannotBeWritten() throws IOException {
    Files.writeString(lake(), "a file is in the way");

    assertRefused(index(), "cannot write lake");
    assertThat(lake()).hasContent("a file is in the way");
  }

  @Test
  void aSingleProcessUnderSparkSubmitIsReachableFromThisMachineOnly() throws IOException {
    Path submit = temp.resolve("spark/bin/spark-submit");
    Files.createDirectories(submit.getParent());
    Files.writeString(submit, "#!/bin/sh\necho \"address '$SPARK_LOCAL_IP'\"\necho \"$@\"\n");
    assertThat(submit.toFile().setExecutable(true)).isTrue();
    Map<String, String> spark =
        Map.of(
            "SPARK_HOME", temp.resolve("spark").toString(),
            "XDG_CACHE_HOME", temp.resolve("the cache").toString());

    Outcome single = TestLauncher.run(spark, "sql", "SELECT 1", "--lake", "x");
    Outcome cluster =
        TestLauncher.run(spark, "sql", "SELECT 1", "--lake", "x", "--master", "spark://head:7077");

    assertThat(single.out())
        .contains("address '127.0.0.1'", "--properties-file", "conf/spark-defaults.conf");
    assertThat(single.out())
        .contains("\"-Dorg.bytedeco.javacpp.cachedir=" + temp.resolve("the cache/facelake/native"));
    assertThat(cluster.out()).contains("address ''", "--master spark://head:7077");
    for (String folder : List.of("native", "crashes")) {
      assertThat(Files.getPosixFilePermissions(temp.resolve("the cache/facelake").resolve(folder)))
          .containsExactlyInAnyOrderElementsOf(PosixFilePermissions.fromString("rwx------"));
    }
  }

  private Path lake() {
    return temp.resolve("lake");
  }

  private Outcome index(String... more) {
    List<String> arguments = new ArrayList<>(List.of("index", "--dataset", "d"));
    arguments.addAll(List.of("--input", TestData.dlibExamples().toString()));
    arguments.addAll(List.of("--lake", lake().toString()));
    arguments.addAll(List.of(more));
    return TestLauncher.run(arguments.toArray(String[]::new));
  }

  private static void assertRefused(Outcome outcome, String reason) {
    assertThat(outcome.exit()).as(outcome.err()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .startsWith("facelake: ")
        .contains(reason)
        .doesNotContain("\tat ", "Exception");
  }
}
