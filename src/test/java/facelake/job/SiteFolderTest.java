package facelake.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facelake.UserError;
import facelake.report.ReviewSite;
import facelake.step.Thumbnails.Look;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteFolderTest {
  @TempDir private Path temp;
  private Path site;
  private Path letter;

  @BeforeEach
  void make() throws IOException {
    site = Files.createDirectory(temp.resolve("site"));
    Files.writeString(site.resolve(SiteFolder.MARK), "");
    letter =
        Files.writeString(
            Files.createDirectories(temp.resolve("home/letters")).resolve("1.txt"), "mine");
  }

  @Test
  void refusesToClearWhatALinkLeadsTo() throws IOException {
    Files.createSymbolicLink(site.resolve(ReviewSite.DATA), temp.resolve("home"));

    assertThatThrownBy(this::open)
        .isInstanceOf(UserError.class)
        .hasMessageContaining("is a link, and what is old in a site gets removed");
    assertThat(letter).exists();
  }

  @Test
  void leavesFilesOfOthersAlone() throws IOException {
    Path stray = Files.writeString(site.resolve("Screenshot 11:30.png"), "");

    open().keepOnly("run", Look.PLAIN);

    assertThat(stray).exists();
  }

  private SiteFolder open() {
    return SiteFolder.open(site.toString(), new Configuration());
  }
}
