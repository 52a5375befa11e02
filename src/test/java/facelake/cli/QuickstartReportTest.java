package facelake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import facelake.job.ClusterResult;
import facelake.job.DedupeResult;
import facelake.job.IndexResult;
import facelake.job.LakeSummary;
import facelake.job.QuickstartOptions;
import facelake.job.QuickstartResult;
import facelake.job.ReviewResult;
import facelake.pipeline.GenderModel;
import facelake.pipeline.PipelineOptions;
import facelake.table.Lake;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class QuickstartReportTest {
  private static final PipelineOptions WITH_GENDER =
      PipelineOptions.builder().genderModel(GenderModel.GENDER_V1).build();

  @Test
  void tellsWhatWasFoundAndWhatToTry() {
    assertThat(report(WITH_GENDER, 67))
        .containsExactly(
            "",
            "What facelake found in dlib's example photos",
            "",
            "  images         67",
            "  without a face 5",
            "  failed         0",
            "  faces          91",
            "  gender         female 5, male 86",
            "  bald_guys.jpg  24 faces of 4 people",
            "  albums         55 faces under 10 names are 5 people, of whom 5 are in both",
            "  speed          67 images in 24 s, most of them for starting; a large collection shows"
                + " the speed",
            "  tables         file:/lake",
            "",
            "Who is who in album-a and album-b",
            "  album-a/person-4 = album-b/guest-b  same, probability 0.9991, distance 0.12",
            "See for yourself, the photos are links: ls -l target/albums/*/*",
            "",
            "Try:",
            "  jobs/facelake sql \"SELECT dataset, count(*) AS faces, round(avg(size)) AS mean_size"
                + " FROM faces GROUP BY dataset\" --lake target/lake",
            "  jobs/facelake sql \"SELECT identity_a, identity_b, distance, probability, verdict,"
                + " reason FROM matches ORDER BY score DESC\" --lake target/lake",
            "  jobs/facelake sql \"SELECT person_id, dataset, identity, count(*) AS faces FROM people"
                + " WHERE scope = 'resolved' GROUP BY ALL ORDER BY person_id, dataset\" --lake"
                + " target/lake",
            "  jobs/facelake sql \"SELECT dataset, images, faces, images_per_second, failures FROM"
                + " runs WHERE command = 'index' ORDER BY started_at\" --lake target/lake",
            "Then index your own photos:",
            "  jobs/facelake index --input PHOTOS --dataset mine --lake lake",
            "And look at it: open file:/review/index.html in a browser");
  }

  @Test
  void saysWhatIsMissingAndWhatWasLeftToDo() {
    assertThat(report(PipelineOptions.builder().genderModel(GenderModel.NONE).build(), 0))
        .contains(
            "  gender         no labels: gender-v1 could not be fetched; put the file into a folder"
                + " and run FACELAKE_MODELS=FOLDER jobs/quickstart",
            "  speed          nothing was left to do; delete the lake to see it work");
  }

  private static List<String> report(PipelineOptions pipeline, long images) {
    StringWriter out = new StringWriter();
    new QuickstartReport(new PrintWriter(out), "target/lake")
        .print(
            new QuickstartOptions(
                Path.of("examples"),
                Path.of("target/albums"),
                Lake.at("file:/lake"),
                "review",
                pipeline),
            new QuickstartResult(
                new LakeSummary(
                    Map.of("ok", 62L, "no-face", 5L),
                    new TreeMap<>(Map.of("female", 5L, "male", 86L)),
                    91),
                List.of(indexed(images)),
                new ClusterResult("image", 0.6, 24, 4, 0, List.of(), List.of(), 1),
                dedupe(),
                new ReviewResult(
                    "file:/review/index.html", List.of(), 0, new TreeMap<>(), true, 1)));
    return out.toString().lines().toList();
  }

  private static IndexResult indexed(long images) {
    return new IndexResult(
        "run",
        images,
        91,
        5,
        Map.of(),
        0,
        0,
        0,
        0,
        Map.of(),
        List.of(),
        "pipeline",
        1,
        OptionalDouble.empty(),
        24);
  }

  private static DedupeResult dedupe() {
    return new DedupeResult(
        List.of("album-a", "album-b"),
        55,
        0,
        10,
        0,
        5,
        5,
        Map.of("same", 5L),
        Map.of(),
        4,
        0,
        Map.of(),
        0,
        List.of(),
        false,
        List.of(new DedupeResult.Example("album-a/person-4", "album-b/guest-b", 0.1234, 0.9991)),
        10);
  }
}
