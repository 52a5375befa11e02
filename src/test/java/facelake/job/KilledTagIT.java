package facelake.job;

import static org.assertj.core.api.Assertions.assertThat;

import facelake.TestSpark;
import facelake.table.Lake;
import facelake.table.RunsTable;
import facelake.table.TagsTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tag that is killed while it compares faces. */
class KilledTagIT {
  @TempDir private Path temp;

  @Test
  void leavesTheOldNamesAndTheNextRunGivesTheNewOnes() throws Exception {
    Path folder = temp.resolve("lake");
    Lake lake = Lake.at(folder.toString());
    new PeopledLake()
        .person("g", "ann", 0, 0, 2)
        .person("a", null, 0, 10, 12)
        .person("a", null, 1, 10, 12)
        .into(TestSpark.session(), lake, 1, 1);
    tag(lake);
    List<String> before = DedupedLake.rows(lake, TagsTable.NAME);
    new PeopledLake().person("g", "bob", 1, 0, 2).into(TestSpark.session(), lake, 1, 1);
    KilledRun runs = new KilledRun(temp, folder);
    int written = runs.commits(TagsTable.NAME, "WRITE");

    runs.killWhen(
        "faces were compared",
        () -> isComparing(folder),
        Map.of(),
        "tag",
        "--lake",
        lake.root(),
        "--gallery",
        "dataset:g");

    assertThat(runs.commits(TagsTable.NAME, "WRITE")).isEqualTo(written);
    assertThat(DedupedLake.rows(lake, TagsTable.NAME)).isEqualTo(before);
    assertThat(RunsTable.open(TestSpark.session(), lake).records()).hasSize(1);

    TagResult next = tag(lake);
    assertThat(next.compared()).isZero();
    assertThat(next.newFaces()).isEqualTo(2);
    assertThat(next.named()).isEqualTo(4);
  }

  private static TagResult tag(Lake lake) {
    TagOptions options =
        new TagOptions(
            lake,
            new TagOptions.Gallery.Labelled(List.of("g")),
            List.of(),
            DistanceThreshold.fixed(0.6),
            3);
    return new TagJob(TestSpark.session(), options, IndexWatcher.NONE).execute();
  }

  private static boolean isComparing(Path lake) {
    try (Stream<Path> all = Files.list(lake)) {
      return all.anyMatch(path -> path.getFileName().toString().startsWith("_tag_"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
