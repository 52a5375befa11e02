package facelake.step.source;

import static facelake.step.source.SourceTesting.spark;
import static facelake.step.source.SourceTesting.write;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderWalkTest {
  @TempDir Path folder;

  @Test
  void walksFindTheSameHoweverTheFoldersAreCut() throws IOException {
    for (int i = 0; i < 30; i++) {
      write(folder, "a%d/b%d/%d.jpg".formatted(i % 7, i % 3, i), "");
      write(folder, "a%d/b%d/%d.txt".formatted(i % 7, i % 3, i), "");
    }
    Inputs inputs = Inputs.resolve(Storage.of(spark()), List.of(folder.toString()));
    List<Found> deep = new ArrayList<>();
    FolderWalk.deep(inputs.storage(), Layout.FLAT, inputs.all(), inputs.folders().iterator())
        .forEachRemaining(deep::add);

    List<Found> byLevel = new ArrayList<>();
    List<Folder> level = inputs.folders();
    while (!level.isEmpty()) {
      List<Folder> next = new ArrayList<>();
      FolderWalk.shallow(inputs.storage(), Layout.FLAT, inputs.all(), level.iterator())
          .forEachRemaining(
              found -> {
                if (found.kind() == Found.Kind.FOLDER) {
                  next.add(Folder.whole(found.rank(), found.text()));
                } else {
                  byLevel.add(found);
                }
              });
      level = next;
    }
    assertThat(byLevel).hasSize(60).containsExactlyInAnyOrderElementsOf(deep);
  }
}
