package facelake.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinksTest {
  @Test
  void whatIsBehindALinkIsNotBelow(@TempDir java.nio.file.Path temp) throws IOException {
    java.nio.file.Path site = Files.createDirectories(temp.resolve("site/empty")).getParent();
    java.nio.file.Path home = Files.createDirectories(temp.resolve("home/empty")).getParent();
    Files.writeString(home.resolve("letter.txt"), "mine");
    Files.writeString(site.resolve("page.html"), "made");
    Files.createSymbolicLink(site.resolve("data"), home);
    FileSystem files = FileSystem.getLocal(new Configuration());
    List<Path> links = new ArrayList<>();

    List<Path> below = Links.filesBelow(new Path(site.toUri()), files, links::add);
    EmptyFolders.removeBelow(new Path(site.toUri()), files);

    assertThat(below).extracting(Path::getName).containsExactly("page.html");
    assertThat(links).extracting(Path::getName).containsExactly("data");
    assertThat(site.resolve("empty")).doesNotExist();
    assertThat(home.resolve("empty")).isDirectory();
  }
}
