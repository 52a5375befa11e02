package facelake.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facelake.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeTest {
  private static final Configuration HADOOP = new Configuration();

  @TempDir Path folder;

  @Test
  void qualifiesFolder() {
    assertThat(Lake.at("target/lake/").root())
        .isEqualTo("file:" + Path.of("target/lake").toAbsolutePath());
    assertThat(Lake.at("s3a://bucket/lake/").path("faces")).isEqualTo("s3a://bucket/lake/faces");
  }

  @Test
  void refusesWhatIsNoFolder() {
    assertThatThrownBy(() -> Lake.at(""))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("'' is no folder for a lake");
    assertThatThrownBy(() -> Lake.at("a`b"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("/a`b has a backtick");
  }

  @Test
  void leavesNoTraceOfTheWriteCheck() {
    Lake.at(folder.resolve("not/yet/there").toString()).requireWritable(HADOOP);

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void keepsFoldersThatStoodBefore() throws Exception {
    Path there = Files.createDirectories(folder.resolve("there"));
    Lake.at(there.toString()).requireWritable(HADOOP);

    assertThat(there).isEmptyDirectory();
  }

  @Test
  void refusesLakeUnderFile() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "text");
    Lake lake = Lake.at(file.resolve("lake").toString());

    assertThatThrownBy(() -> lake.requireWritable(HADOOP))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("cannot write lake " + lake.root() + ": ")
        .hasMessageEndingWith("choose a folder that you may write to with --lake");
    assertThat(file).hasContent("text");
  }

  @Test
  void refusesLakeThatNobodyMayWrite() {
    Lake lake = Lake.at("/proc/lake");

    assertThatThrownBy(() -> lake.requireWritable(HADOOP))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("cannot write lake file:/proc/lake: ");
  }

  @Test
  void listsTablesOnly() throws Exception {
    Files.createDirectories(folder.resolve("faces/_delta_log"));
    Files.createDirectories(folder.resolve("aligned/_delta_log"));
    Files.createDirectories(folder.resolve("notes"));
    Files.writeString(folder.resolve("readme"), "text");

    assertThat(Lake.at(folder.toString()).tables(HADOOP)).containsExactly("aligned", "faces");
    assertThat(Lake.at(folder.resolve("none").toString()).tables(HADOOP)).isEmpty();
  }
}
