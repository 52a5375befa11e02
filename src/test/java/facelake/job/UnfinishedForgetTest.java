package facelake.job;

import static org.assertj.core.api.Assertions.assertThat;

import facelake.match.Subject;
import facelake.step.forget.Traces;
import facelake.table.Lake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnfinishedForgetTest {
  @TempDir private Path folder;

  @Test
  void unitesWhatKilledRunsHaveLeft() throws IOException {
    UnfinishedForget unfinished =
        new UnfinishedForget(Lake.at(folder.toString()), new Configuration());
    assertThat(unfinished.read()).isEmpty();
    unfinished.write(begun("ann"));
    Path files = folder.resolve(UnfinishedForget.FOLDER);
    Path saved = Files.list(files).findFirst().orElseThrow();
    byte[] first = Files.readAllBytes(saved);
    unfinished.write(begun("ben"));
    assertThat(files).isDirectoryNotContaining(file -> file.equals(saved));

    // As a run leaves it that is killed before it removes the older file.
    Files.write(saved, first);
    Files.writeString(files.resolve(".half.json.part"), "{");

    assertThat(unfinished.read()).contains(begun("ann").and(begun("ben")));
    assertThat(unfinished.read().orElseThrow().asked()).containsExactly("ann", "ben");
    unfinished.remove();
    assertThat(unfinished.read()).isEmpty();
  }

  private static UnfinishedForget.Begun begun(String who) {
    return new UnfinishedForget.Begun(
        new TreeSet<>(List.of(who)),
        new Traces(
            new TreeMap<>(Map.of("face of " + who, "place")),
            new TreeSet<>(),
            new TreeSet<>(List.of("file:/" + who)),
            new TreeSet<>(List.of(Traces.version("file:/" + who, "1"))),
            List.of(new Subject.Identity("a", who)),
            new TreeSet<>(List.of(who)),
            new TreeSet<>()));
  }
}
