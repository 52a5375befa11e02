package facelake.job;

import static facelake.job.FaultyAlbums.SALLEY;
import static facelake.job.FaultyAlbums.SAVAGE;
import static facelake.job.FaultyAlbums.SIMM;
import static facelake.job.FaultyAlbums.copy;
import static facelake.job.FaultyAlbums.hashes;
import static facelake.job.FaultyAlbums.image;
import static facelake.job.FaultyAlbums.john;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import facelake.Sha256;
import facelake.TestSpark;
import facelake.UserError;
import facelake.image.RgbImage;
import facelake.job.ExportOptions.Resuming;
import facelake.step.Leaks;
import facelake.step.export.ExportFormat;
import facelake.step.export.ExportRule.Drop;
import facelake.step.export.PhotoOutcome;
import facelake.step.source.Layout;
import facelake.table.ImagesTable;
import facelake.table.Lake;
import facelake.table.RunRecord;
import facelake.table.RunsTable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exports of one lake of {@link FaultyAlbums}. */
class ExportIT {
  @TempDir private static Path shared;
  private static Lake lake;
  private static Path album;
  private static SortedMap<String, String> photosBefore;

  /** People of {@code a} by the names of their folders. */
  private static final Map<String, String> PEOPLE = new HashMap<>();

  private final SparkSession spark = TestSpark.session();
  @TempDir private Path temp;

  @BeforeAll
  static void makeLake() throws Exception {
    FaultyAlbums albums = new FaultyAlbums(shared);
    lake = albums.lake;
    album = albums.album;
    PEOPLE.putAll(albums.people);
    photosBefore = hashes(album);
  }

  @Test
  void writesAFolderAPersonAndTellsWhatBecameOfEachPhoto() throws IOException {
    Path out = temp.resolve("out");
    ExportResult result = export(usual(out));

    SortedMap<String, List<String>> lineage = lineage(out);
    assertThat(outcomes(lineage, SALLEY))
        .containsOnly(
            entry("0.jpg", "kept"),
            entry("1.jpg", "kept"),
            entry("2.jpg", "kept"),
            entry("3.jpg", "kept"),
            entry("4.jpg", "kept"),
            entry("copy.jpg", "duplicate"));
    assertThat(outcomes(lineage, SIMM))
        .containsOnly(
            entry("0.jpg", "missing"),
            entry("1.jpg", "changed"),
            entry("2.jpg", "kept"),
            // The same photo in another size, as the collection has it.
            entry("3.jpg", "duplicate"),
            entry("4.jpg", "kept"),
            entry("wrong #1?.jpg", "label-issue"));
    assertThat(outcomes(lineage, SAVAGE))
        .containsEntry("0.jpg", "kept")
        .containsEntry("near.jpg", "duplicate")
        .containsEntry("dogs.jpg", "no-face")
        .containsEntry("cut.jpg", "failed");
    assertThat(row(lineage, SAVAGE, "near.jpg").get(5))
        .matches("near copy \\(\\d bits\\) of file:///.*/John_Savage/0.jpg");
    assertThat(row(lineage, SIMM, "0.jpg").get(5)).startsWith("is no longer in file:///");
    assertThat(row(lineage, SIMM, "wrong #1?.jpg").get(5))
        .startsWith("outlier: ")
        .contains("; probably a/John_Salley (probability 1.00)");
    // The same file in the tar, where the name is another one.
    assertThat(lineage.values().stream().filter(row -> row.get(1).endsWith("#Sall/same.jpg")))
        .singleElement()
        .satisfies(row -> assertThat(row.get(4)).isEqualTo("duplicate"));
    assertThat(lineage).hasSize((int) result.photos()).hasSize(25);
    assertThat(result.people()).isEqualTo(3);
    assertThat(result.outcomes())
        .containsEntry(PhotoOutcome.KEPT, result.pictures())
        .containsEntry(PhotoOutcome.DUPLICATE, 4L);

    assertThat(hashes(out.resolve(PEOPLE.get(SALLEY))))
        .containsEntry("a-0.jpg", Sha256.hex(Files.readAllBytes(john(SALLEY).get(0))))
        .containsEntry("b-7.jpg", Sha256.hex(Files.readAllBytes(john(SALLEY).get(7))))
        .hasSize(7);
    assertThat(lineage.values().stream().map(row -> row.get(6)).filter(file -> !file.isEmpty()))
        .containsExactlyInAnyOrderElementsOf(pictures(out));
    assertThat(csv(out.resolve("manifest.csv"))).hasSize(1 + (int) result.pictures());
    assertThat(hashes(album)).isEqualTo(photosBefore);
    RunRecord run = lastRun();
    assertThat(run.command()).isEqualTo("export");
    assertThat(run.counts().images()).isEqualTo(25);
    assertThat(run.figures()).containsEntry("kept", (double) result.pictures());
  }

  @Test
  void takesAWrongLabelToTheProposedPersonAndDropsPeopleWithFewPhotos() throws IOException {
    Path out = temp.resolve("out");
    ExportOptions options =
        with(usual(out), List.of("a"), List.of(), ExportOptions.DROPS, true, 5, 0);
    ExportResult result = export(options);

    SortedMap<String, List<String>> lineage = lineage(out);
    List<String> wrong = row(lineage, SIMM, "wrong #1?.jpg");
    assertThat(wrong.get(3)).isEqualTo(PEOPLE.get(SALLEY));
    assertThat(wrong.get(4)).isEqualTo("relabelled");
    assertThat(wrong.get(6)).isEqualTo(PEOPLE.get(SALLEY) + "/a-wrong__1_.jpg");
    assertThat(row(lineage, SIMM, "2.jpg").subList(4, 7))
        .containsExactly("few-photos", "the person has 2 photos, under 5", "");
    assertThat(result.people()).isEqualTo(2);
  }

  @Test
  void keepsAllAsLabelledWhereNothingIsDropped() throws IOException {
    Path out = temp.resolve("out");
    export(with(usual(out), List.of("a"), List.of(), Set.of(), false, 1, 0));

    SortedMap<String, List<String>> lineage = lineage(out);
    List<String> wrong = row(lineage, SIMM, "wrong #1?.jpg");
    assertThat(wrong.get(3)).isEqualTo(PEOPLE.get(SIMM));
    assertThat(wrong.get(5)).startsWith("as labelled, but outlier: ");
    assertThat(outcomes(lineage, SALLEY)).containsEntry("copy.jpg", "kept");
    assertThat(out.resolve(PEOPLE.get(SALLEY) + "/a-copy.jpg")).exists();
  }

  @Test
  void leavesOutWhoStandsInTheTestSets() throws IOException {
    Path out = temp.resolve("out");
    ExportResult result =
        export(
            with(usual(out), List.of("a"), List.of("b"), EnumSet.allOf(Drop.class), false, 1, 0));

    assertThat(result.people()).isEqualTo(1);
    assertThat(row(lineage(out), SALLEY, "1.jpg").subList(4, 7))
        .containsExactly("in-test-set", "the person stands in b", "");
    assertThat(row(lineage(out), SAVAGE, "1.jpg").get(4)).isEqualTo("kept");
  }

  @Test
  void shardsAreReadBackWithThePersonForIdentity() throws IOException {
    Path out = temp.resolve("out");
    ExportOptions options = inFormat(usual(out), ExportFormat.WEBDATASET, 0, 2);
    ExportResult result = export(options);

    assertThat(out.resolve("shard-000000.tar")).exists();
    Map<String, byte[]> members = members(out.resolve("shard-000000.tar"));
    assertThat(members.keySet()).anyMatch(name -> name.endsWith(".json"));
    Lake back = Lake.at(temp.resolve("back").toString());
    EmbeddedIndex.run(out, Layout.TAR, "back", back);
    Map<String, Long> identities = new TreeMap<>();
    ImagesTable.open(spark, back)
        .read()
        .where(col(ImagesTable.STATUS).equalTo("ok"))
        .groupBy(ImagesTable.IDENTITY)
        .count()
        .collectAsList()
        .forEach(row -> identities.put(row.getString(0), row.getLong(1)));
    assertThat(identities.keySet()).containsExactlyInAnyOrderElementsOf(PEOPLE.values());
    assertThat(identities.values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(result.pictures());
  }

  @Test
  void goesOnWhereItWasAndEndsWithTheSameBytes() throws IOException {
    for (ExportFormat format : List.of(ExportFormat.FOLDERS, ExportFormat.WEBDATASET)) {
      Path calm = temp.resolve(format + "-calm");
      Path killed = temp.resolve(format + "-killed");
      ExportResult first = export(inFormat(usual(calm), format, 112, 1));
      for (String file : hashes(calm).keySet()) {
        copy(calm.resolve(file), killed.resolve(file));
      }

      List<String> files = List.copyOf(pictureFiles(killed));
      try (var cut = Files.newByteChannel(killed.resolve(files.get(0)), StandardOpenOption.WRITE)) {
        cut.truncate(100);
      }
      if (format == ExportFormat.FOLDERS) {
        Files.delete(killed.resolve(files.get(1)));
        Files.delete(killed.resolve("_facelake_export/done/chunk-000001.jsonl"));
      }
      Files.delete(killed.resolve("lineage.csv"));
      Files.createDirectories(killed.resolve("_facelake_export/parts"));
      Files.writeString(killed.resolve("_facelake_export/parts/left"), "half");
      ExportResult again = export(resumed(inFormat(usual(killed), format, 112, 1)));

      assertThat(hashes(killed)).isEqualTo(hashes(calm));
      assertThat(again.outcomes()).isEqualTo(first.outcomes());
      assertThat(again.files()).isEqualTo(first.files());
      assertThat(again.unchanged()).isLessThan(first.files());
      if (format == ExportFormat.FOLDERS) {
        RgbImage chip = image(calm.resolve(files.get(0)));
        assertThat(List.of(chip.width(), chip.height())).containsExactly(112, 112);
        assertThatThrownBy(() -> export(resumed(inFormat(usual(killed), format, 96, 1))))
            .isInstanceOf(UserError.class)
            .hasMessageContaining("was begun with other options: chips '112', now '96'");
      }
    }
  }

  @Test
  void listsOnlyWhereOnlyAListIsAskedFor() throws IOException {
    Path out = temp.resolve("out");
    ExportResult result = export(inFormat(usual(out), ExportFormat.CSV, 0, 512));

    assertThat(result.files()).isZero();
    List<List<String>> manifest = csv(out.resolve("manifest.csv"));
    assertThat(manifest).hasSize(1 + (int) result.pictures());
    assertThat(manifest.get(0)).startsWith("file", "person_id", "class");
    assertThat(manifest.stream().skip(1).map(row -> row.get(2)).distinct())
        .containsExactly("0", "1", "2");
    assertThat(manifest.get(1).get(11).split(" ")).hasSize(10);
    try (Stream<Path> files = Files.list(out)) {
      assertThat(files.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("_facelake_export", "lineage.csv", "manifest.csv");
    }
  }

  @Test
  void refusesWhatItCannotDo() throws IOException {
    Path full = Files.createDirectories(temp.resolve("full"));
    Files.writeString(full.resolve("note.txt"), "mine");

    refuses(usual(full), "is there already; name a new folder");
    refuses(resumed(usual(full)), "no export was begun there");
    refuses(usual(album.resolve("out")), "lies in the input file:/");
    refuses(usual(shared.resolve(TestSpark.ODD_FOLDER + "/out")), "lies in the lake file:");
    Path out = temp.resolve("out");
    refuses(
        with(usual(out), List.of("late"), List.of(), ExportOptions.DROPS, false, 1, 0),
        "the last dedupe was of a, b and did not look at late; run: jobs/facelake dedupe --lake");
    refuses(
        with(usual(out), List.of("aa"), List.of(), ExportOptions.DROPS, false, 1, 0),
        "--datasets names 'aa', and no face is of such a dataset");
    refuses(inScope(usual(out), "every"), "--scope 'every' is none of resolved, all, dataset:NAME");
    refuses(inScope(usual(out), "all"), "has no people of scope 'all'; run: jobs/facelake cluster");
    assertThat(out).doesNotExist();
    assertThatThrownBy(() -> with(usual(out), List.of("a"), List.of("a"), Set.of(), false, 1, 0))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("dataset a stands in --datasets and in --without-people-of");
    assertThatThrownBy(() -> inFormat(usual(out), ExportFormat.CSV, 112, 1))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("--format csv writes no pictures");
  }

  @Test
  void tellsWhoAndWhatOfATrainingSetIsTestedOn() throws IOException {
    Path list = temp.resolve("leaks.csv");
    LeakageResult result = leakage(List.of("a"), List.of("b"), Optional.of(list.toString()));

    assertThat(result.people()).isEqualTo(2);
    assertThat(result.photos()).isEqualTo(5);
    assertThat(result.counts())
        .containsEntry(Leaks.Kind.PERSON, 2L)
        .containsEntry(Leaks.Kind.EXACT_PHOTO, 1L)
        .doesNotContainKey(Leaks.Kind.NEAR_PHOTO);
    assertThat(result.count(Leaks.Kind.SAME_IDENTITY)).isGreaterThanOrEqualTo(2);
    List<List<String>> rows = csv(list);
    assertThat(rows.get(0)).startsWith("kind", "person_id", "train", "test");
    assertThat(rows)
        .anyMatch(row -> row.get(0).equals("person") && row.get(3).equals("b/Simmy"))
        .anyMatch(row -> row.get(0).equals("exact-photo") && row.get(3).endsWith("#Sall/same.jpg"));

    assertThatThrownBy(() -> leakage(List.of("a"), List.of("b"), Optional.of(list.toString())))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("is there already; name a new file with --out");
    assertThatThrownBy(() -> leakage(List.of("a"), List.of("late"), Optional.empty()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("did not look at late");
    assertThatThrownBy(() -> leakage(List.of("a"), List.of("bb"), Optional.empty()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("--test names 'bb'");
    assertThatThrownBy(() -> leakage(List.of("a", "b"), List.of("b"), Optional.empty()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("dataset b stands in --train and in --test");
  }

  private LeakageResult leakage(List<String> train, List<String> test, Optional<String> out) {
    return new LeakageJob(
            spark, new LeakageOptions(lake, train, test, "resolved", out), phase -> {})
        .execute();
  }

  private void refuses(ExportOptions options, String message) {
    assertThatThrownBy(() -> export(options))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(message);
  }

  private ExportResult export(ExportOptions options) {
    return new ExportJob(spark, options, phase -> {}).execute();
  }

  private static ExportOptions usual(Path out) {
    return ExportOptions.of(lake, out.toString());
  }

  private static ExportOptions with(
      ExportOptions o,
      List<String> datasets,
      List<String> tests,
      Set<Drop> drops,
      boolean relabel,
      int minPhotos,
      int minFace) {
    return new ExportOptions(
        o.lake(),
        o.target(),
        o.format(),
        o.chipSize(),
        o.scope(),
        datasets,
        tests,
        drops,
        relabel,
        minFace,
        minPhotos,
        o.shardMb(),
        o.seed(),
        o.chunkImages(),
        o.resuming());
  }

  private static ExportOptions inScope(ExportOptions o, String scope) {
    return new ExportOptions(
        o.lake(),
        o.target(),
        o.format(),
        o.chipSize(),
        scope,
        o.datasets(),
        o.withoutPeopleOf(),
        o.drops(),
        o.relabel(),
        o.minFace(),
        o.minPhotos(),
        o.shardMb(),
        o.seed(),
        o.chunkImages(),
        o.resuming());
  }

  /** In chunks of four pictures. */
  private static ExportOptions inFormat(
      ExportOptions o, ExportFormat format, int chipSize, int shardMb) {
    return new ExportOptions(
        o.lake(),
        o.target(),
        format,
        chipSize,
        o.scope(),
        o.datasets(),
        o.withoutPeopleOf(),
        o.drops(),
        o.relabel(),
        o.minFace(),
        o.minPhotos(),
        shardMb,
        o.seed(),
        4,
        o.resuming());
  }

  private static ExportOptions resumed(ExportOptions o) {
    return new ExportOptions(
        o.lake(),
        o.target(),
        o.format(),
        o.chipSize(),
        o.scope(),
        o.datasets(),
        o.withoutPeopleOf(),
        o.drops(),
        o.relabel(),
        o.minFace(),
        o.minPhotos(),
        o.shardMb(),
        o.seed(),
        o.chunkImages(),
        Resuming.RESUME);
  }

  private static Map<String, byte[]> members(Path tar) throws IOException {
    Map<String, byte[]> members = new TreeMap<>();
    try (InputStream in = Files.newInputStream(tar);
        TarArchiveInputStream entries = new TarArchiveInputStream(in)) {
      for (TarArchiveEntry e = entries.getNextEntry(); e != null; e = entries.getNextEntry()) {
        members.put(e.getName(), entries.readAllBytes());
      }
    }
    return members;
  }

  private static Set<String> pictureFiles(Path out) throws IOException {
    Set<String> files = new TreeSet<>(hashes(out).keySet());
    files.removeIf(name -> name.startsWith("_") || name.endsWith(".csv"));
    return files;
  }

  private static Set<String> pictures(Path out) throws IOException {
    return pictureFiles(out);
  }

  /** The rows of lineage.csv by dataset and photo. */
  private static SortedMap<String, List<String>> lineage(Path out) throws IOException {
    SortedMap<String, List<String>> rows = new TreeMap<>();
    List<List<String>> all = csv(out.resolve("lineage.csv"));
    assertThat(all.get(0))
        .containsExactly("dataset", "uri", "identity", "person_id", "outcome", "reason", "file");
    all.stream().skip(1).forEach(row -> rows.put(row.get(0) + " " + row.get(1), row));
    assertThat(rows.keySet())
        .containsExactlyElementsOf(
            all.stream().skip(1).map(row -> row.get(0) + " " + row.get(1)).toList());
    return rows;
  }

  private static Map<String, String> outcomes(
      SortedMap<String, List<String>> lineage, String person) {
    return lineage.values().stream()
        .filter(row -> row.get(0).equals("a") && row.get(2).equals(person))
        .collect(Collectors.toMap(row -> name(row.get(1)), row -> row.get(4)));
  }

  private static List<String> row(
      SortedMap<String, List<String>> lineage, String person, String name) {
    return lineage.values().stream()
        .filter(row -> row.get(2).equals(person) && name(row.get(1)).equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static String name(String uri) {
    return Path.of(URI.create(uri).getPath()).getFileName().toString();
  }

  /** Rows of values, none of which has a quote or a line break in it. */
  private static List<List<String>> csv(Path file) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    for (String line : Files.readString(file).split("\r\n")) {
      rows.add(
          Stream.of(line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1))
              .map(cell -> cell.replaceAll("^\"|\"$", ""))
              .toList());
    }
    return rows;
  }

  private RunRecord lastRun() {
    List<RunRecord> runs = RunsTable.open(spark, lake).records();
    return runs.get(runs.size() - 1);
  }
}
