package facelake.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;

/** Brings a model's bytes into the store: whole and checked, or not at all. */
final class ModelInstaller {
  private final ModelStore store;
  private final FetchProgress progress;

  ModelInstaller(ModelStore store, FetchProgress progress) {
    this.store = store;
    this.progress = progress;
  }

  FetchProgress progress() {
    return progress;
  }

  /** An empty file beside the models, for a download. */
  TemporaryFile temporaryFile() throws IOException {
    return TemporaryFile.in(store.folder());
  }

  /**
   * Installs a model.
   *
   * @param content the decompressed file; left open
   * @param from where it comes from, for the user
   * @throws UnsoundFileException when the content is not that model
   */
  void install(ModelSpec spec, InputStream content, String from) throws IOException {
    try (TemporaryFile temporary = temporaryFile()) {
      String sha256 = write(content, temporary.path(), spec, from);
      String fault = store.fault(spec, Files.size(temporary.path()), sha256).orElse(null);
      if (fault != null) {
        throw new UnsoundFileException(from + " " + fault + acceptance(spec));
      }
      temporary.moveTo(store.file(spec));
      store.recordFirst(spec, sha256);
    }
    progress.line(spec.name() + ": ready, from " + from);
  }

  /** Installs a model from its bzip2-compressed file. */
  void installBzip2(ModelSpec spec, Path compressed, String from) throws IOException {
    requirePublished(spec, compressed, from);
    try (InputStream content = Bzip2.decompress(Files.newInputStream(compressed))) {
      install(spec, content, from);
    }
  }

  /** Where the file's own hash is unknown, that of the published compressed file decides. */
  private void requirePublished(ModelSpec spec, Path compressed, String from) throws IOException {
    if (spec.sha256() == null && spec.bz2GitBlob() != null) {
      String blob = Hashes.gitBlob(compressed);
      if (!blob.equals(spec.bz2GitBlob())) {
        throw new UnsoundFileException(
            from + " has git blob id " + blob + ", the manifest says " + spec.bz2GitBlob());
      }
    }
  }

  /** A compressed file of some bytes can be made to fill any disk. */
  private static String write(InputStream content, Path file, ModelSpec spec, String from)
      throws IOException {
    long most = ModelStore.mostBytes(spec);
    MessageDigest digest = Hashes.sha256();
    try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), digest)) {
      byte[] buffer = new byte[1 << 16];
      long length = 0;
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        length += read;
        if (length > most) {
          throw new UnsoundFileException(
              "%s has more than the %d bytes that %s may have".formatted(from, most, spec.name()));
        }
        out.write(buffer, 0, read);
      }
    }
    return Hashes.hex(digest.digest());
  }

  private String acceptance(ModelSpec spec) {
    if (spec.sha256() != null) {
      return "";
    }
    return String.format(
        "; if this file is meant, copy it to %s and accept it with:"
            + " jobs/facelake models verify --accept %s",
        store.file(spec), spec.name());
  }
}
