package facelake.job;

import static org.assertj.core.api.Assertions.assertThat;

import facelake.TestLauncher;
import facelake.TestLauncher.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exports that are killed and gone on with. */
class KilledExportIT {
  private static final int CHUNK = 2;

  @TempDir private Path temp;

  @Test
  void endsWithTheSameBytesHoweverOftenItWasKilled() throws Exception {
    FaultyAlbums albums = new FaultyAlbums(temp);
    for (String format : List.of("folders", "webdataset")) {
      Path calm = temp.resolve(format + "-calm");
      Path killed = temp.resolve(format + "-killed");
      assertThat(TestLauncher.run(export(albums, format, calm))).satisfies(this::ended);

      KilledRun runs = new KilledRun(temp, Path.of(albums.lake.root()));
      runs.killWhen(
          "it was planned",
          () -> Files.exists(killed.resolve("_facelake_export/plan.json")),
          Map.of(),
          export(albums, format, killed));
      runs.killWhen(
          "the first chunk was done",
          () -> Files.exists(killed.resolve("_facelake_export/done/chunk-000000.jsonl")),
          Map.of(),
          resumed(export(albums, format, killed)));
      assertThat(killed.resolve("lineage.csv")).doesNotExist();

      Outcome refused = TestLauncher.run(export(albums, format, killed));
      assertThat(refused.exit()).isNotZero();
      assertThat(refused.err()).contains("has an export, which --resume goes on with");
      assertThat(TestLauncher.run(resumed(export(albums, format, killed)))).satisfies(this::ended);
      assertThat(FaultyAlbums.hashes(killed)).isEqualTo(FaultyAlbums.hashes(calm));
    }
  }

  private void ended(Outcome outcome) {
    assertThat(outcome.exit()).as(outcome.err()).isZero();
  }

  private static String[] export(FaultyAlbums albums, String format, Path to) {
    return new String[] {
      "export",
      "--lake",
      albums.lake.root(),
      "--to",
      to.toString(),
      "--format",
      format,
      "--chips",
      "112",
      "--chunk-images",
      String.valueOf(CHUNK),
      "--shard-mb",
      "1"
    };
  }

  private static String[] resumed(String[] command) {
    List<String> line = new ArrayList<>(List.of(command));
    line.add("--resume");
    return line.toArray(String[]::new);
  }
}
