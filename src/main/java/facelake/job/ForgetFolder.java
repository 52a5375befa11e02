package facelake.job;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import facelake.eval.Csv;
import facelake.report.ReviewSite;
import facelake.step.WholeFile;
import facelake.step.export.ShardCopy;
import facelake.step.forget.Mentions;
import facelake.step.source.SourceImage;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * A folder that a run has written: a review site, an export, or the pages of {@code evaluate
 * models}. Pictures of the person go, by their names and by what the export's lists say of them;
 * lists and notes lose their lines; shards are copied without them; any other file that names the
 * person goes, and where that was a page's data, a page stays that says how to make it anew.
 */
public final class ForgetFolder {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LIST = ".csv";
  private static final String NOTE = ".jsonl";
  private static final String SHARD = ".tar";

  private static final String PAGE =
      """
      <!DOCTYPE html>
      <meta charset="utf-8">
      <title>facelake</title>
      <p>Somebody was forgotten since this page was made. Run the command that made it again.</p>
      """;

  private final Path folder;
  private final FileSystem files;
  private final Configuration hadoop;
  private final Mentions mentions;

  ForgetFolder(String uri, Mentions mentions, Configuration hadoop) throws IOException {
    Path path = new Path(uri);
    this.files = WholeFile.plain(path.getFileSystem(hadoop));
    this.folder = files.makeQualified(path);
    this.hadoop = hadoop;
    this.mentions = mentions;
  }

  /**
   * What a folder has of a person.
   *
   * @param uri the folder
   * @param pictures files that go
   * @param changed lists, notes and shards that lose lines or members, and pages and data that go
   * @param problem why the folder could not be looked into; null when it could
   */
  public record Found(String uri, int pictures, int changed, String problem) {
    /** Whether the person is in it. */
    public boolean isConcerned() {
      return pictures + changed > 0;
    }
  }

  /** Counts what would go. */
  static Found look(String uri, Mentions mentions, Configuration hadoop) {
    return found(uri, mentions, hadoop, false);
  }

  /** Takes it away. */
  static Found forget(String uri, Mentions mentions, Configuration hadoop) {
    return found(uri, mentions, hadoop, true);
  }

  private static Found found(String uri, Mentions mentions, Configuration hadoop, boolean isDone) {
    try {
      ForgetFolder folder = new ForgetFolder(uri, mentions, hadoop);
      List<Path> pictures = folder.pictures();
      List<Path> texts = folder.texts(new HashSet<>(pictures));
      if (isDone) {
        folder.remove(pictures);
        folder.change(texts);
      }
      return new Found(uri, pictures.size(), texts.size(), null);
    } catch (FileNotFoundException e) {
      return new Found(uri, 0, 0, "is not there any more");
    } catch (IOException | IllegalArgumentException e) {
      return new Found(uri, 0, 0, "cannot be read or written: " + e.getMessage());
    }
  }

  /** The files in which the person still stands; also says how many were read. */
  static long search(String uri, Mentions mentions, Configuration hadoop, List<String> left) {
    try {
      ForgetFolder folder = new ForgetFolder(uri, mentions, hadoop);
      long read = 0;
      for (Path file : folder.all()) {
        read++;
        if (mentions.in(folder.name(file))
            || !isPicture(file) && TextScan.has(folder.files, file, mentions)) {
          left.add(file.toString());
        }
      }
      return read;
    } catch (FileNotFoundException e) {
      return 0;
    } catch (IOException | IllegalArgumentException e) {
      left.add("%s, which cannot be read: %s".formatted(uri, e.getMessage()));
      return 0;
    }
  }

  private List<Path> all() throws IOException {
    List<Path> all = new ArrayList<>();
    RemoteIterator<LocatedFileStatus> listed = files.listFiles(folder, true);
    while (listed.hasNext()) {
      all.add(listed.next().getPath());
    }
    return all;
  }

  private String name(Path file) {
    return file.toString().substring(folder.toString().length());
  }

  private static boolean isPicture(Path file) {
    return SourceImage.isPictureName(file.getName());
  }

  private List<Path> pictures() throws IOException {
    List<Path> all = all();
    Set<Path> listed = listed(all);
    return all.stream()
        .filter(ForgetFolder::isPicture)
        .filter(file -> listed.contains(file) || mentions.in(name(file)))
        .toList();
  }

  /** Pictures that the lists and notes of an export say are of the person. */
  private Set<Path> listed(List<Path> all) throws IOException {
    Set<Path> listed = new HashSet<>();
    for (Path file : all) {
      if (file.getName().equals(ExportLists.MANIFEST)) {
        for (List<String> row : rows(file)) {
          if (row.stream().anyMatch(mentions::in)) {
            listed.add(new Path(folder, row.get(0)));
          }
        }
      } else if (file.getName().endsWith(NOTE)) {
        for (String line : lines(file)) {
          if (mentions.in(line)) {
            Map<String, Object> note = JSON.readValue(line, new TypeReference<>() {});
            listed.add(new Path(folder, String.valueOf(note.get("path"))));
          }
        }
      }
    }
    listed.removeIf(path -> !isPicture(path));
    return listed;
  }

  private List<Path> texts(Set<Path> pictures) throws IOException {
    List<Path> texts = new ArrayList<>();
    for (Path file : all()) {
      if (!pictures.contains(file)
          && !isPicture(file)
          && (mentions.in(name(file)) || TextScan.has(files, file, mentions))) {
        texts.add(file);
      }
    }
    // What says which pictures are the person's goes last, so that a killed run can go on.
    texts.sort((a, b) -> Boolean.compare(a.getName().endsWith(LIST), b.getName().endsWith(LIST)));
    return texts;
  }

  private void remove(List<Path> some) throws IOException {
    for (Path file : some) {
      files.delete(file, false);
    }
  }

  private void change(List<Path> texts) throws IOException {
    boolean pages = false;
    for (Path file : texts) {
      String name = file.getName();
      if (name.endsWith(SHARD)) {
        changeShard(file);
      } else if (name.endsWith(LIST)) {
        changeList(file);
      } else if (name.endsWith(NOTE)) {
        changeNote(file);
      } else {
        files.delete(file, false);
        pages |= name.endsWith(".js") || name.endsWith(".html");
      }
    }
    if (pages) {
      files.delete(new Path(folder, ReviewSite.DATA), true);
      replace(
          new Path(folder, ReviewSite.PAGE),
          out -> out.write(PAGE.getBytes(StandardCharsets.UTF_8)));
    }
  }

  private void changeShard(Path file) throws IOException {
    Set<String> keys;
    try (InputStream in = files.open(file)) {
      keys = ShardCopy.keys(in, mentions::in);
    }
    int[] copied = {0};
    replace(
        file,
        out -> {
          try (InputStream in = files.open(file)) {
            copied[0] = ShardCopy.without(keys, in, out);
          }
        });
    if (copied[0] == 0) {
      files.delete(file, false);
    }
  }

  private void changeList(Path file) throws IOException {
    List<List<String>> rows = rows(file);
    replace(
        file,
        out -> {
          Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
          for (List<String> row : rows) {
            if (row.stream().noneMatch(mentions::in)) {
              Csv.write(writer, row.toArray());
            }
          }
          writer.flush();
        });
  }

  private void changeNote(Path file) throws IOException {
    List<String> lines = lines(file).stream().filter(line -> !mentions.in(line)).toList();
    replace(
        file,
        out -> {
          for (String line : lines) {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
          }
        });
  }

  /** Puts a file in the place of another; not every file system does so by renaming. */
  private void replace(Path file, WholeFile.Content content) throws IOException {
    Path whole = file.suffix("." + UUID.randomUUID());
    WholeFile.write(content, whole, whole.suffix(".part"), hadoop);
    files.delete(file, false);
    if (!files.rename(whole, file)) {
      throw new IOException("cannot rename " + whole + " to " + file);
    }
  }

  private List<List<String>> rows(Path file) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    try (BufferedReader in = reader(file)) {
      for (List<String> row = Csv.read(in); row != null; row = Csv.read(in)) {
        rows.add(row);
      }
    }
    return rows;
  }

  private List<String> lines(Path file) throws IOException {
    try (BufferedReader in = reader(file)) {
      return in.lines().toList();
    }
  }

  private BufferedReader reader(Path file) throws IOException {
    return new BufferedReader(new InputStreamReader(files.open(file), StandardCharsets.UTF_8));
  }
}
