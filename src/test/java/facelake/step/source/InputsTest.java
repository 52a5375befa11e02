package facelake.step.source;

import static facelake.step.source.SourceTesting.spark;
import static facelake.step.source.SourceTesting.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facelake.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InputsTest {
  @TempDir Path folder;

  @Test
  void rejectsAMissingInput() {
    assertRejected(folder + "/none")
        .hasMessageStartingWith("Input file:" + folder + "/none does not exist; check the path");
  }

  @Test
  void rejectsAGlobThatMatchesNothing() throws IOException {
    write(folder, "a.png", "");
    assertRejected(folder + "/*.jpg")
        .hasMessageStartingWith("Input file://" + folder + "/*.jpg matches nothing; check it");
    assertRejected(folder + "/*/x").hasMessageContaining("matches nothing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"shard.tar.gz", "shard.tgz", "photos.ZIP"})
  void rejectsCompressedArchives(String name) throws IOException {
    write(folder, name, "");
    assertRejected(folder + "/" + name)
        .hasMessageContaining(name + " is a compressed archive")
        .hasMessageContaining("plain .tar");
    assertThatThrownBy(() -> ImageSource.open(spark(), List.of(folder.toString())).list())
        .isInstanceOf(UserError.class)
        .hasMessageContaining(name + " is a compressed archive");
  }

  @Test
  void rejectsUnknownFileSystemsAndEmptyInputs() {
    assertRejected("nosuch://host/a").hasMessageContaining("nosuch");
    assertRejected("").hasMessageContaining("An input is empty");
    assertThatThrownBy(() -> ImageSource.open(spark(), List.of()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("No input");
  }

  @Test
  void guessesTheLayoutFromNames() throws IOException {
    write(folder, "tars/1.tar", "");
    write(folder, "tars/_index", "");
    write(folder, "tables/1.parquet", "");
    write(folder, "both/1.tar", "");
    write(folder, "both/1.jpg", "");
    write(folder, "delta/_delta_log/0.json", "");
    write(folder, "parts/year=2020/1.parquet", "");
    Files.createDirectories(folder.resolve("empty"));

    assertThat(guess("tars")).isEqualTo(Layout.TAR);
    assertThat(guess("tars/1.tar")).isEqualTo(Layout.TAR);
    assertThat(guess("both/*.tar")).isEqualTo(Layout.TAR);
    assertThat(guess("both")).isEqualTo(Layout.FLAT);
    assertThat(guess("empty")).isEqualTo(Layout.FLAT);
    assertThat(guess("tables")).isEqualTo(Layout.TABLE);
    assertThat(guess("delta")).isEqualTo(Layout.TABLE);
    assertThat(guess("parts")).isEqualTo(Layout.TABLE);
  }

  @Test
  void rejectsInputsOfDifferentLayouts() throws IOException {
    write(folder, "a/1.tar", "");
    write(folder, "b/1.jpg", "");
    assertThatThrownBy(() -> ImageSource.open(spark(), List.of(folder + "/a", folder + "/b")))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "Inputs of different layouts: file://%s/a looks like tar, file://%s/b like flat;"
                    .formatted(folder, folder)
                + " index them one after the other, or give --layout");
  }

  private Layout guess(String input) {
    return LayoutGuess.of(Inputs.resolve(Storage.of(spark()), List.of(folder + "/" + input)));
  }

  private static org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable>
      assertRejected(String input) {
    return assertThatThrownBy(() -> ImageSource.open(spark(), List.of(input)))
        .isInstanceOf(UserError.class);
  }
}
