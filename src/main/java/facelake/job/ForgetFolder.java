package facelake.job;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import facelake.eval.Csv;
import facelake.report.ReviewSite;
import facelake.spark.WholeFile;
import facelake.step.export.ShardCopy;
import facelake.step.forget.Mentions;
import facelake.step.source.SourceImage;
import facelake.table.EmptyFolders;
import facelake.table.ImagesTable;
import facelake.table.Links;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * A folder that a run has written: a review site, an export, or the pages of {@code evaluate
 * models}. Pictures of the person go, by their names and by what the export's lists say of them;
 * lists and notes lose their lines; shards are copied without them; pages and their data that show
 * the person go, and a page stays that says how to make them anew. Folders that are empty then go
 * too.
 *
 * <p>Nothing is touched in a folder that has no mark of facelake, and no file whose name facelake
 * does not give; where the person is named there, {@link #search} tells.
 */
public final class ForgetFolder {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LIST = ".csv";
  private static final String NOTE = ".jsonl";
  private static final String SHARD = ".tar";

  /** What a run that was killed while it replaced a file has left. */
  private static final String PART = ".facelake-forget-";

  /** Of a site, of an export, and of the pages of {@code evaluate models}. */
  private static final List<String> MARKS =
      List.of(SiteFolder.MARK, ExportTarget.OWN, ContactSheetFiles.SCORES);

  /** Below the folder, what is no picture. */
  private static final Pattern OWN =
      Pattern.compile(
          "/("
              + ("(manifest|lineage)\\.csv|_facelake_export/.*|shard-\\d+\\.tar|data/.*\\.js"
                  + "|index\\.html|groups-\\d+\\.html|scores\\.json")
              + ")");

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
      List<Path> all = folder.all();
      if (!folder.isMarked()) {
        return new Found(uri, 0, 0, null);
      }
      List<Path> pictures = folder.pictures(all);
      List<Path> texts = folder.texts(all);
      if (isDone) {
        folder.remove(all.stream().filter(file -> file.getName().startsWith(PART)).toList());
        folder.remove(pictures);
        folder.change(texts);
        EmptyFolders.removeBelow(folder.folder, folder.files);
      }
      return new Found(uri, pictures.size(), texts.size(), null);
    } catch (FileNotFoundException e) {
      return new Found(
          uri,
          0,
          0,
          "is not there; run the command again when it is, or make an empty folder there where it is"
              + " gone for good");
    } catch (IOException | IllegalArgumentException e) {
      return new Found(uri, 0, 0, "cannot be read or written: " + e.getMessage());
    }
  }

  /** The files and folders in which the person still stands; also says how many files were read. */
  static long search(String uri, Mentions mentions, Configuration hadoop, List<String> left) {
    try {
      ForgetFolder folder = new ForgetFolder(uri, mentions, hadoop);
      List<Path> all =
          Links.filesBelow(
              folder.folder,
              folder.files,
              link ->
                  left.add(
                      link + ", a link; look behind it yourself, remove it and run this again"));
      for (Path file : all) {
        if (mentions.in(folder.name(file)) || folder.names(file)) {
          left.add(file.toString());
        }
      }
      EmptyFolders.below(folder.folder, folder.files).stream()
          .filter(empty -> mentions.in(folder.name(empty)))
          .forEach(empty -> left.add(empty.toString()));
      return all.size();
    } catch (IOException | IllegalArgumentException e) {
      left.add("%s, which cannot be read: %s".formatted(uri, e.getMessage()));
      return 0;
    }
  }

  private boolean isMarked() throws IOException {
    for (String mark : MARKS) {
      if (files.exists(new Path(folder, mark))) {
        return true;
      }
    }
    return false;
  }

  private List<Path> all() throws IOException {
    return Links.filesBelow(folder, files, link -> {});
  }

  private String name(Path file) {
    return file.toString().substring(folder.toString().length());
  }

  private static boolean isPicture(Path file) {
    return SourceImage.isPictureName(file.getName());
  }

  private List<Path> pictures(List<Path> all) throws IOException {
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
      if (file.equals(new Path(folder, ExportLists.MANIFEST))) {
        List<List<String>> rows = rows(file);
        rows.stream()
            .filter(concerned(rows))
            .filter(row -> !row.get(0).isEmpty())
            .forEach(row -> listed.add(new Path(folder, row.get(0))));
      } else if (isOwn(file) && file.getName().endsWith(NOTE)) {
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

  private List<Path> texts(List<Path> all) throws IOException {
    List<Path> texts = new ArrayList<>();
    for (Path file : all) {
      if (isOwn(file) && (mentions.in(name(file)) || names(file))) {
        texts.add(file);
      }
    }
    // What says which pictures are the person's goes last, so that a killed run can go on.
    texts.sort((a, b) -> Boolean.compare(a.getName().endsWith(LIST), b.getName().endsWith(LIST)));
    return texts;
  }

  private boolean isOwn(Path file) {
    return OWN.matcher(name(file)).matches();
  }

  /** Whether the person stands in a file; in a picture nobody can tell. */
  private boolean names(Path file) throws IOException {
    if (isPicture(file)) {
      return false;
    }
    if (isOwn(file) && file.getName().endsWith(LIST)) {
      List<List<String>> rows = rows(file);
      return rows.stream().anyMatch(concerned(rows));
    }
    if (isOwn(file) && file.getName().endsWith(SHARD)) {
      try (InputStream in = files.open(file)) {
        return !ShardCopy.keys(in, mentions::in).isEmpty();
      }
    }
    return TextScan.has(files, file, mentions);
  }

  /** Which rows of a list, of which the first names the columns, are about the person. */
  private Predicate<List<String>> concerned(List<List<String>> rows) {
    List<String> header = rows.isEmpty() ? List.of() : rows.get(0);
    return row ->
        row.stream().anyMatch(mentions::in)
            || mentions.isUri(cell(header, row, ImagesTable.URI))
            || mentions.isLabel(
                cell(header, row, ImagesTable.DATASET), cell(header, row, ImagesTable.IDENTITY));
  }

  private static String cell(List<String> header, List<String> row, String column) {
    int at = header.indexOf(column);
    return at < 0 || at >= row.size() ? null : row.get(at);
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
    Predicate<List<String>> concerned = concerned(rows);
    replace(
        file,
        out -> {
          Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
          for (List<String> row : rows) {
            if (!concerned.test(row)) {
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

  /** Puts a file in the place of another by one rename, so that a kill loses neither. */
  private void replace(Path file, WholeFile.Content content) throws IOException {
    Path whole = new Path(file.getParent(), PART + UUID.randomUUID());
    WholeFile.write(content, whole, whole, hadoop);
    if (files instanceof RawLocalFileSystem) {
      Files.move(local(whole), local(file), StandardCopyOption.ATOMIC_MOVE);
    } else {
      FileContext.getFileContext(file.toUri(), hadoop)
          .rename(whole, file, Options.Rename.OVERWRITE);
    }
  }

  private static java.nio.file.Path local(Path file) {
    return java.nio.file.Path.of(file.toUri().getPath());
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
