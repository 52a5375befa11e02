package facelake.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import facelake.LfwGolden;
import facelake.TestData;
import facelake.TestSpark;
import facelake.UserError;
import facelake.eval.MeasuredPair;
import facelake.eval.Proportion;
import facelake.eval.VerificationScores;
import facelake.pipeline.Jitter;
import facelake.pipeline.PipelineOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateLfwIT {
  private static final int PHOTOS = 3;

  private final SparkSession spark = TestSpark.session();
  @TempDir private Path temp;

  @Test
  void tellsFiveMenApart() throws IOException {
    Path photos = johns();
    Path pairs = write("pairs.csv", "left,right,same\n" + allPairs(photos));
    Path groups = write("groups.csv", "image,name\n" + names(photos));
    Path out = temp.resolve("out");
    PipelineOptions crops =
        PipelineOptions.builder().framing(PipelineOptions.Framing.CROPS).build();

    EvaluateLfwResult result =
        run(
            new EvaluateLfwOptions(
                List.of(photos.toString()),
                pairs.toString(),
                Optional.of(groups.toString()),
                List.of(crops),
                Optional.empty(),
                Optional.of(out.toString())));

    EvaluateLfwResult.Embedded first = result.embedders().get(0);
    assertThat(first.scores().threshold()).isEqualTo(0.6);
    assertThat(first.margin()).isEqualTo(0.04f);
    assertThat(first.scores().overall()).isEqualTo(new Proportion(105, 105));
    assertThat(first.scores().same().trials()).isEqualTo(15);
    assertThat(first.images()).isEqualTo(15);
    assertThat(first.groups()).hasSize(15);
    assertThat(first.failed()).isEmpty();
    assertThat(result.missing()).isEmpty();
    assertThat(list(out))
        .contains(
            "index.html",
            "scores.json",
            "pairs-resnet-v1.csv",
            "roc.png",
            "roc.svg",
            "det.svg",
            "distances-resnet-v1.svg");
    JsonNode scores = new ObjectMapper().readTree(out.resolve("scores.json").toFile());
    assertThat(scores.at("/embedders/resnet-v1/overall/value").asDouble()).isEqualTo(1);
  }

  /** Bad and missing images cost the pairs that name them. */
  @Test
  void leavesOutWhatCannotBeRead() throws IOException {
    Path photos = johns();
    Files.writeString(photos.resolve("broken.jpg"), "no picture");
    List<String> files = files(photos);
    Path pairs =
        write(
            "pairs.csv",
            "left,right,same\n%1$s,%2$s,1\n%1$s,%3$s,0\n%1$s,broken.jpg,0\n%1$s,gone.jpg,1\n"
                .formatted(files.get(0), files.get(1), files.get(PHOTOS)));

    EvaluateLfwResult result = run(options(photos, pairs, Jitter.NONE));

    assertThat(result.pairs()).isEqualTo(4);
    assertThat(result.missing()).containsExactly("gone.jpg");
    assertThat(result.embedders().get(0).pairs()).hasSize(2);
    assertThat(result.embedders().get(0).failed())
        .singleElement()
        .asString()
        .contains("broken.jpg: ");
  }

  /** The copies of a chip follow from the seed and its pixels, not from who embeds it where. */
  @Test
  void jittersTheSameWayInAnyPartition() throws IOException {
    Path photos = johns();
    List<String> files = files(photos);
    String line = "left,right,same\n%s,%s,1\n".formatted(files.get(0), files.get(1));
    Path few = write("few.csv", line + "%s,%s,0\n".formatted(files.get(1), files.get(PHOTOS)));
    Path many = write("many.csv", line + allPairs(photos));

    double alone = distance(run(options(photos, few, new Jitter(3, 1))));

    assertThat(distance(run(options(photos, many, new Jitter(3, 1))))).isEqualTo(alone);
    assertThat(distance(run(options(photos, few, new Jitter(3, 2))))).isNotEqualTo(alone);
    assertThat(distance(run(options(photos, few, Jitter.NONE)))).isNotEqualTo(alone);
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    Path photos = johns();
    List<String> files = files(photos);
    Path unknown = write("unknown.csv", "left,right,same\nx.jpg,y.jpg,1\n");
    assertThatThrownBy(() -> run(options(photos, unknown, Jitter.NONE)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("none of the 2 images that %s names".formatted(unknown));
    Path oneKind =
        write("one.csv", "left,right,same\n%s,%s,1\n".formatted(files.get(0), files.get(1)));
    assertThatThrownBy(() -> run(options(photos, oneKind, Jitter.NONE)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("gives 1 pairs of one person and 0 of two");
    Path twice = photos.resolve("again/" + files.get(0));
    Files.createDirectories(twice.getParent());
    Files.copy(photos.resolve(files.get(0)), twice);
    assertThatThrownBy(() -> run(options(photos, oneKind, Jitter.NONE)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("which fits two images");
  }

  /** The first of LFW's ten folds, against the embeddings of dlib's own C++. */
  @Test
  void measuresWhatDlibMeasuresOnLfw() throws IOException {
    Path images = TestData.sharedOrSkip("lfw/lfw-deepfunneled.tar");
    List<String> lines = Files.readAllLines(TestData.sharedOrSkip("lfw/pairs.txt"));
    Path fold = write("fold.txt", "1 300\n" + String.join("\n", lines.subList(1, 601)) + "\n");
    Map<String, float[]> golden = LfwGolden.embeddingsOrSkip();

    EvaluateLfwResult.Embedded result =
        run(new EvaluateLfwOptions(
                List.of(images.toString()),
                fold.toString(),
                Optional.empty(),
                List.of(lfw(Jitter.NONE)),
                Optional.empty(),
                Optional.empty()))
            .embedders()
            .get(0);

    VerificationScores scores = result.scores();
    assertThat(scores.overall()).isEqualTo(new Proportion(591, 600));
    for (MeasuredPair pair : result.pairs()) {
      float[] left = golden.get(pair.pair().left());
      float[] right = golden.get(pair.pair().right());
      double squares = 0;
      for (int i = 0; i < left.length; i++) {
        squares += Math.pow(left[i] - right[i], 2);
      }
      assertThat(pair.distance()).as("%s", pair.pair()).isCloseTo(Math.sqrt(squares), within(1e-4));
    }
  }

  private static double distance(EvaluateLfwResult result) {
    return result.embedders().get(0).pairs().get(0).distance();
  }

  private static PipelineOptions lfw(Jitter jitter) {
    return PipelineOptions.builder().framing(PipelineOptions.Framing.LFW).jitter(jitter).build();
  }

  private static EvaluateLfwOptions options(Path photos, Path pairs, Jitter jitter) {
    return new EvaluateLfwOptions(
        List.of(photos.toString()),
        pairs.toString(),
        Optional.empty(),
        List.of(lfw(jitter)),
        Optional.empty(),
        Optional.empty());
  }

  private EvaluateLfwResult run(EvaluateLfwOptions options) {
    return new EvaluateLfwJob(
            spark,
            options,
            options.pipelines().stream()
                .flatMap(pipeline -> pipeline.models().stream())
                .distinct()
                .map(TestData::model)
                .toList(),
            IndexWatcher.NONE)
        .execute();
  }

  /** Three photos of each of dlib's five Johns. */
  private Path johns() throws IOException {
    Path photos = temp.resolve("the photos");
    try (Stream<Path> people = Files.list(TestData.dlibExamples().resolve("johns"))) {
      for (Path person : people.sorted().toList()) {
        Path to = Files.createDirectories(photos.resolve(person.getFileName()));
        for (String file : list(person).subList(0, PHOTOS)) {
          Files.copy(person.resolve(file), to.resolve(file));
        }
      }
    }
    return photos;
  }

  private static List<String> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** Folder and name of each photo, those of one person together. */
  private static List<String> files(Path photos) throws IOException {
    try (Stream<Path> files = Files.walk(photos, 2)) {
      return files
          .filter(file -> Files.isRegularFile(file) && !file.getParent().equals(photos))
          .map(file -> photos.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  private static String allPairs(Path photos) throws IOException {
    String[] files = files(photos).toArray(String[]::new);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < files.length; i++) {
      for (int j = 0; j < i; j++) {
        int same = i / PHOTOS == j / PHOTOS ? 1 : 0;
        lines.append("%s,%s,%d\n".formatted(files[i], files[j], same));
      }
    }
    return lines.toString();
  }

  private static String names(Path photos) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (String file : files(photos)) {
      lines.append(file).append(',').append(Path.of(file).getParent()).append('\n');
    }
    return lines.toString();
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(temp.resolve(name), text);
  }
}
