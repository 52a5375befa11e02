package facelake.step.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FileNamesTest {
  @Test
  void namesAFileAfterItsDatasetAndItself() {
    assertThat(FileNames.base("lfw", "file:///lfw/A_B/A_B_0001.jpg")).isEqualTo("lfw-A_B_0001");
    assertThat(FileNames.base("t", "file:///x/s.tar#a/b.c.JPEG")).isEqualTo("t-b.c");
    assertThat(FileNames.base("mine", "file:///m/%E4%BD%90%E8%97%A4.png")).isEqualTo("mine-佐藤");
    assertThat(FileNames.base("web", "no suffix")).isEqualTo("web-no_suffix");
  }

  @Test
  void leavesOutWhatAFileSystemMayNotTake() {
    assertThat(FileNames.base("a/b", "file:///x/50%25%20%231%3F.jpg")).isEqualTo("a_b-50___1_");
    assertThat(FileNames.base("..", "odd\u0007:*\"<>|\\name")).isEqualTo("odd________name");
    assertThat(FileNames.base("_hidden", "file:///x/1.jpg")).isEqualTo("hidden-1");
    assertThat(FileNames.base("?", "file:///x/%3F.jpg")).isEqualTo("photo");
    // One letter, however it is written.
    assertThat(FileNames.base("a", "file:///x/e\u0301.jpg")).isEqualTo("a-\u00e9");
  }

  @Test
  void keepsNamesShortInBytes() {
    String name = FileNames.base("d", "file:///x/" + "佐".repeat(200) + ".jpg");

    assertThat(name.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(146, 150);
    assertThat(name).startsWith("d-佐").doesNotContain("\ufffd");
  }

  @Test
  void keepsTheExtensionOrGivesThatOfTheFormat() {
    assertThat(FileNames.extension("file:///x/1.JPG", "jpeg")).isEqualTo(".JPG");
    assertThat(FileNames.extension("file:///x/1.png", "jpeg")).isEqualTo(".png");
    assertThat(FileNames.extension("file:///x/1.v2", "jpeg")).isEqualTo(".jpg");
    assertThat(FileNames.extension("row 17", "webp")).isEqualTo(".webp");
  }

  @Test
  void makesKeysWithoutDots() {
    assertThat(FileNames.key("t-b.c")).isEqualTo("t-b_c");
  }
}
