package facelake.model;

import facelake.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A folder that the user names: holds a model as it is, or as {@code .bz2}. A file that is there
 * and is not the model stops the fetch, because the user meant that file.
 */
final class FolderOrigin implements ModelOrigin {
  private final Path folder;

  FolderOrigin(Path folder) {
    this.folder = folder;
  }

  @Override
  public String label() {
    return "folder " + folder;
  }

  @Override
  public Map<ModelSpec, String> deliver(List<ModelSpec> wanted, ModelInstaller installer) {
    Map<ModelSpec, String> absent = new LinkedHashMap<>();
    for (ModelSpec spec : wanted) {
      Path plain = folder.resolve(spec.file());
      Path compressed = folder.resolve(spec.file() + ".bz2");
      if (Files.exists(plain)) {
        take(plain, () -> install(spec, plain, installer));
      } else if (Files.exists(compressed)) {
        take(compressed, () -> installer.installBzip2(spec, compressed, compressed.toString()));
      } else {
        absent.put(spec, "has neither " + spec.file() + " nor " + spec.file() + ".bz2");
      }
    }
    return absent;
  }

  private static void install(ModelSpec spec, Path plain, ModelInstaller installer)
      throws IOException {
    try (InputStream content = Files.newInputStream(plain)) {
      installer.install(spec, content, plain.toString());
    }
  }

  private static void take(Path file, Installation installation) {
    try {
      installation.run();
    } catch (UnsoundFileException e) {
      throw new UserError(e, "%s; replace or remove that file", e.getMessage());
    } catch (IOException e) {
      throw new UserError(e, "%s cannot be taken: %s", file, e.getMessage());
    }
  }

  private interface Installation {
    void run() throws IOException;
  }
}
