package facelake.model;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Debian's source package {@code dlib}, which the script {@code jobs/dlib-source} brings into the
 * cache. All wanted models come out of one pass over its tarball of models.
 */
final class DebianOrigin implements ModelOrigin {
  private static final String MODELS_TARBALL = "dlib_*.orig-dlib-models.tar.bz2";

  private final Optional<Path> project;
  private final Path cache;

  DebianOrigin(Optional<Path> project, Path cache) {
    this.project = project;
    this.cache = cache;
  }

  @Override
  public String label() {
    return "Debian's source package dlib";
  }

  @Override
  public Map<ModelSpec, String> deliver(List<ModelSpec> wanted, ModelInstaller installer) {
    Map<ModelSpec, String> absent = new LinkedHashMap<>();
    Map<String, ModelSpec> members = new HashMap<>();
    for (ModelSpec spec : wanted) {
      spec.at(ModelSource.Kind.DEBIAN)
          .ifPresentOrElse(
              member -> members.put(member, spec), () -> absent.put(spec, "does not hold it"));
    }
    if (!members.isEmpty()) {
      try {
        unpack(tarball(installer.progress()), members, installer, absent);
        members.values().forEach(spec -> absent.put(spec, "its tarball lacks " + spec.file()));
      } catch (IOException e) {
        members.values().forEach(spec -> absent.put(spec, e.getMessage()));
      }
    }
    return absent;
  }

  /** Installs members until none is left to find; those that were dealt with leave the map. */
  private static void unpack(
      Path tarball,
      Map<String, ModelSpec> members,
      ModelInstaller installer,
      Map<ModelSpec, String> absent)
      throws IOException {
    String name = tarball.getFileName().toString();
    long size = Files.size(tarball);
    installer.progress().line(String.format("reading %s (%d MB)", tarball, size / 1_000_000));
    InputStream compressed =
        new ProgressStream(Files.newInputStream(tarball), name, size, installer.progress());
    try (TarArchiveInputStream tar = new TarArchiveInputStream(Bzip2.decompress(compressed))) {
      while (!members.isEmpty()) {
        TarArchiveEntry entry = tar.getNextEntry();
        if (entry == null) {
          return;
        }
        String member = Path.of(entry.getName()).getFileName().toString();
        ModelSpec spec = members.get(member);
        if (spec != null) {
          try {
            installer.install(spec, tar, member + " of " + name);
          } catch (UnsoundFileException e) {
            absent.put(spec, e.getMessage());
          }
          members.remove(member);
        }
      }
    }
  }

  private Path tarball(FetchProgress progress) throws IOException {
    Path folder = packageFolder(progress);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, MODELS_TARBALL)) {
      for (Path file : files) {
        return file;
      }
    }
    throw new IOException(folder + " holds no " + MODELS_TARBALL);
  }

  /** Runs the script; its words go to the user, its answer is the package's folder. */
  private Path packageFolder(FetchProgress progress) throws IOException {
    Path home =
        project.orElseThrow(
            () ->
                new IOException(
                    "needs the script dlib-source of the project's checkout;"
                        + " start through its jobs/facelake"));
    ProcessBuilder script = new ProcessBuilder(home.resolve("jobs/dlib-source").toString());
    script.environment().put("FACELAKE_CACHE", cache.toAbsolutePath().toString());
    Process process = script.start();
    String complaint = "";
    try (BufferedReader words = process.errorReader();
        BufferedReader answer = process.inputReader()) {
      for (String line = words.readLine(); line != null; line = words.readLine()) {
        progress.line(line);
        complaint = line;
      }
      String folder = answer.readLine();
      if (process.waitFor() != 0 || folder == null) {
        throw new IOException("jobs/dlib-source failed: " + complaint);
      }
      return Path.of(folder);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while jobs/dlib-source ran", e);
    } finally {
      process.destroy();
    }
  }
}
