package facelake.job;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import facelake.UserError;
import facelake.spark.WholeFile;
import facelake.step.export.ExportedPicture;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The folder of an export, on any file system. Beside what was asked for it has a folder {@link
 * #OWN} with what was planned and, for each chunk that is done, what became of its pictures, so
 * that a killed export goes on where it was.
 */
final class ExportTarget {
  /** Starts with an underscore, so that nothing takes it for photos. */
  static final String OWN = "_facelake_export";

  private static final String PLAN = OWN + "/plan.json";
  private static final String DONE = OWN + "/done";
  private static final String PARTS = OWN + "/parts";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  private final Path folder;
  private final FileSystem files;
  private final Configuration hadoop;

  private ExportTarget(Path folder, FileSystem files, Configuration hadoop) {
    this.folder = folder;
    this.files = files;
    this.hadoop = hadoop;
  }

  /** Writes text to a file that was opened. */
  @FunctionalInterface
  interface Text {
    void write(Writer out) throws IOException;
  }

  /**
   * The target of options; nothing is written yet.
   *
   * @param described what the export must have been begun with, if it was
   * @throws UserError when there is something in it and it is not to be resumed, or when another
   *     export was begun there
   */
  static ExportTarget open(
      ExportOptions options, Map<String, String> described, Configuration hadoop) {
    try {
      Path path = new Path(options.target());
      FileSystem files = WholeFile.plain(path.getFileSystem(hadoop));
      ExportTarget target = new ExportTarget(files.makeQualified(path), files, hadoop);
      target.requireFit(options.resuming(), described);
      return target;
    } catch (IOException e) {
      throw new UserError(e, "cannot read %s: %s", options.target(), e.getMessage());
    } catch (IllegalArgumentException e) {
      throw new UserError(
          e,
          "'%s' is no folder to export to: %s; give a path or a URI",
          options.target(),
          e.getMessage());
    }
  }

  private void requireFit(ExportOptions.Resuming resuming, Map<String, String> described)
      throws IOException {
    if (!files.exists(folder)) {
      return;
    }
    if (resuming == ExportOptions.Resuming.REFUSE) {
      if (!files.getFileStatus(folder).isDirectory() || files.listStatus(folder).length > 0) {
        throw new UserError(
            "%s is there already%s; name a new folder, or remove what is in this one",
            uri(), plan().isPresent() ? " and has an export, which --resume goes on with" : "");
      }
      return;
    }
    Optional<Map<String, String>> plan = plan();
    if (plan.isEmpty()
        && files.listStatus(folder, path -> !path.getName().equals(OWN)).length > 0) {
      throw new UserError(
          "%s has files, and no export was begun there (there is no %s); name another folder",
          uri(), PLAN);
    }
    plan.ifPresent(before -> requireSame(before, described));
  }

  private void requireSame(Map<String, String> before, Map<String, String> now) {
    String differences =
        now.keySet().stream()
            .filter(name -> !now.get(name).equals(before.get(name)))
            .map(name -> "%s '%s', now '%s'".formatted(name, before.get(name), now.get(name)))
            .collect(Collectors.joining("; "));
    if (!differences.isEmpty()) {
      throw new UserError(
          "the export in %s was begun with other options: %s; give those, or export to a new folder",
          uri(), differences);
    }
  }

  /**
   * Begins the export, or goes on with it.
   *
   * @param selection tells what was planned from anything else
   * @throws UserError when something else was planned, or when the folder cannot be written
   */
  void begin(Map<String, String> options, String selection) {
    Map<String, String> plan = new TreeMap<>(options);
    plan.put("selection", selection);
    try {
      Optional<Map<String, String>> before = plan();
      before.ifPresent(there -> requireSame(there, options));
      if (before.isPresent() && !before.get().get("selection").equals(selection)) {
        throw new UserError(
            "the export in %s was begun for other photos or people (selection %s, now %s): tables or"
                + " photos have changed since; export to a new folder",
            uri(), before.get().get("selection"), selection);
      }
      files.delete(new Path(folder, PARTS), true);
      write(PLAN, out -> out.write(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(plan)));
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }

  private Optional<Map<String, String>> plan() throws IOException {
    try (InputStream in = files.open(new Path(folder, PLAN))) {
      return Optional.of(JSON.readValue(in, new TypeReference<Map<String, String>>() {}));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  /** The folder as a URI, where names are not escaped. */
  String uri() {
    return folder.toString();
  }

  /** Where files are written before they are whole. */
  String parts() {
    return uri() + "/" + PARTS;
  }

  /** Whether this lies in another folder, or is it. */
  boolean isBelow(Path other) throws IOException {
    Path whole = other.getFileSystem(hadoop).makeQualified(other);
    for (Path path = folder; path != null; path = path.getParent()) {
      if (path.equals(whole)) {
        return true;
      }
    }
    return false;
  }

  /** What became of the pictures of a chunk that was done before; empty where it was not. */
  Optional<List<ExportedPicture>> done(int chunk) {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(files.open(chunkFile(chunk)), StandardCharsets.UTF_8))) {
      List<ExportedPicture> pictures = new ArrayList<>();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        pictures.add(JSON.readValue(line, ExportedPicture.class));
      }
      return Optional.of(pictures);
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Notes down that a chunk is done. */
  void note(int chunk, List<ExportedPicture> pictures) {
    text(
        DONE + "/" + chunkFile(chunk).getName(),
        out -> {
          for (ExportedPicture picture : pictures) {
            out.write(JSON.writeValueAsString(picture) + "\n");
          }
        });
  }

  private Path chunkFile(int chunk) {
    return new Path(folder, "%s/chunk-%06d.jsonl".formatted(DONE, chunk));
  }

  /** The folder of what was noted down. */
  Path notes() {
    return new Path(folder, DONE);
  }

  /** Removes what only a run needs. */
  void finish() {
    try {
      files.delete(new Path(folder, PARTS), true);
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }

  /** Writes text in UTF-8, in the place of what an earlier run wrote. */
  void text(String file, Text text) {
    try {
      files.delete(new Path(folder, file), false);
      write(file, text);
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }

  private void write(String file, Text text) throws IOException {
    Path path = new Path(folder, file);
    WholeFile.write(
        out -> {
          Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
          text.write(writer);
          writer.flush();
        },
        path,
        new Path(parts() + "/" + path.getName()),
        hadoop);
  }

  private UserError cannotWrite(IOException e) {
    return new UserError(
        e,
        "cannot write %s: %s; choose a folder that you may write to with --to",
        uri(),
        e.getMessage());
  }
}
