package facelake.job;

import static org.assertj.core.api.Assertions.assertThat;

import facelake.match.Subject;
import facelake.step.forget.Mentions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForgetFolderTest {
  private static final Mentions MENTIONS =
      Mentions.of(
          List.of("p-1", "f-1"),
          List.of("file:/home/ada/a/1.jpg"),
          List.of(new Subject.Identity("a", "ada")),
          List.of("ada"));

  private static final String HEADER = "file,dataset,identity,uri,face_id\r\n";
  private static final String BEN = "p-2/b-1.jpg,b,ben,file:/home/ada/b/1.jpg,f-2\r\n";

  private final Configuration hadoop = new Configuration();
  @TempDir private Path folder;

  @Test
  void takesPicturesAndLinesOutOfAnExportAndTheFoldersThatAreEmptyThen() throws IOException {
    write("_facelake_export/plan.json", "{}");
    write("p-1/a-1.jpg", "picture");
    write("p-2/b-1.jpg", "picture");
    write("p-2/a-2.jpg", "picture");
    write(
        "manifest.csv",
        HEADER + BEN + "p-2/a-2.jpg,a,ada,file:/home/ada/a/2.jpg,f-9\r\n" + "x.jpg,c,,u,f-1\r\n");
    write(".facelake-forget-1", "killed");

    assertThat(ForgetFolder.look(uri(), MENTIONS, hadoop))
        .isEqualTo(new ForgetFolder.Found(uri(), 2, 1, null));
    assertThat(folder.resolve("p-1/a-1.jpg")).exists();
    ForgetFolder.forget(uri(), MENTIONS, hadoop);

    assertThat(folder.resolve("manifest.csv")).hasContent(HEADER + BEN);
    assertThat(folder.resolve("p-1")).doesNotExist();
    assertThat(folder.resolve("p-2")).isDirectoryContaining("glob:**/b-1.jpg");
    assertThat(folder.resolve("p-2/a-2.jpg")).doesNotExist();
    assertThat(folder.resolve(".facelake-forget-1")).doesNotExist();
    assertThat(left()).isEmpty();
  }

  @Test
  void tellsOfWhatFacelakeDidNotWriteAndLeavesItThere() throws IOException {
    write("notes.txt", "see a/ada");
    write("data/rows.js", "f-1");
    Files.createDirectories(folder.resolve("p-1"));

    ForgetFolder.forget(uri(), MENTIONS, hadoop);

    assertThat(left()).hasSize(3);
    write(SiteFolder.MARK, "");
    ForgetFolder.forget(uri(), MENTIONS, hadoop);

    assertThat(folder.resolve("notes.txt")).exists();
    assertThat(folder.resolve("data")).doesNotExist();
    assertThat(left()).singleElement().asString().endsWith("/notes.txt");
  }

  @Test
  void provesNothingOfAFolderThatIsNotThere() {
    assertThat(ForgetFolder.look(uri() + "/none", MENTIONS, hadoop).problem())
        .contains("is not there; run the command again when it is");
  }

  private String uri() {
    return folder.toUri().toString().replaceAll("/$", "");
  }

  private List<String> left() {
    List<String> left = new ArrayList<>();
    ForgetFolder.search(uri(), MENTIONS, hadoop, left);
    return left;
  }

  private void write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
