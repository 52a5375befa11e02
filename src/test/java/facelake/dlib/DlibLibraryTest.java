package facelake.dlib;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facelake.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DlibLibraryTest {
  @Test
  void unpacksNativeCodeOnlyWhereNobodyElseCanWrite(@TempDir Path folder) throws IOException {
    assertThatCode(() -> DlibLibrary.requireOwn(folder)).doesNotThrowAnyException();

    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));

    assertThatThrownBy(() -> DlibLibrary.requireOwn(folder))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(folder.toRealPath().toString())
        .hasMessageContaining("with the permissions 777");

    Path below = Files.createDirectory(folder.resolve("cache"));
    assertThatThrownBy(() -> DlibLibrary.requireOwn(below))
        .as("the folder could be put aside")
        .isInstanceOf(UserError.class)
        .hasMessageContaining("to " + below.toRealPath());
  }
}
