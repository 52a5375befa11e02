package facelake.job;

import static org.assertj.core.api.Assertions.assertThat;

import facelake.TestLauncher;
import facelake.TestLauncher.Outcome;
import facelake.TestSpark;
import facelake.step.export.ExportFormat;
import facelake.step.source.Layout;
import facelake.table.FacesTable;
import facelake.table.Lake;
import facelake.table.PeopleTable;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person who is forgotten by a lake, a site and two exports, by a run that was killed once. */
class ForgetIT {
  private static final int PHOTOS = 3;

  private final SparkSession spark = TestSpark.session();
  @TempDir private Path temp;
  private Lake lake;
  private String person;

  @Test
  void leavesNothingAndKeepsThePersonOut() throws Exception {
    lake = Lake.at(temp.resolve("lake").toString());
    fill();
    person = person();
    List<String> words = new ArrayList<>(List.of(FaultyAlbums.SIMM, "again.jpg"));
    FacesTable.open(spark, lake)
        .read()
        .where("identity = 'John_Simm' OR uri LIKE '%again.jpg'")
        .collectAsList()
        .forEach(
            row -> {
              words.add(row.getAs(FacesTable.FACE_ID));
              words.add(row.getAs(FacesTable.IMAGE_ID));
            });
    assertThat(words).hasSize(2 + 2 * (PHOTOS + 1));
    assertThat(found(words)).isNotEmpty();

    SortedMap<String, String> before = FaultyAlbums.hashes(temp.resolve("lake"));
    Outcome planned = TestLauncher.run(forget("--dry-run"));
    assertThat(planned.exit()).as(planned.err()).isZero();
    assertThat(planned.out()).contains("3 photos of a/John_Simm", "rows of faces", "person p-");
    assertThat(FaultyAlbums.hashes(temp.resolve("lake"))).isEqualTo(before);

    Outcome unasked = TestLauncher.run(forget());
    assertThat(unasked.exit()).isEqualTo(2);
    assertThat(unasked.err()).contains("give --dry-run to see what would go, and --yes to do it");
    KilledRun runs = new KilledRun(temp, temp.resolve("lake"));
    runs.killWhen(
        "people are deleted",
        () -> runs.commits(PeopleTable.NAME, "DELETE") > 0,
        Map.of(),
        forget("--yes"));

    Outcome done = TestLauncher.run(forget("--yes"));

    assertThat(done.exit()).as(done.out() + done.err()).isZero();
    assertThat(done.out())
        .contains("A run that was killed is completed with this one")
        .contains("0 left: nothing of the", "chosen stands in any of them");
    assertThat(found(words)).isEmpty();
    assertThat(names(temp.resolve("folders"))).anyMatch(name -> name.endsWith(".jpg"));
    assertThat(names(temp.resolve("shards"))).anyMatch(name -> name.endsWith(".tar"));
    assertThat(Files.readString(temp.resolve("site/index.html"))).contains("was forgotten");

    FaultyAlbums.copy(
        FaultyAlbums.john(FaultyAlbums.SIMM).get(1), temp.resolve("albums/b/late.jpg"));
    assertLeftOut(index("a", "identity-folders"), PHOTOS);
    assertThat(facesOfGroup()).isEqualTo(1);
    assertLeftOut(index("b", "flat", "--reindex", "--jitter", "2"), 3);
    assertThat(facesOfGroup()).isEqualTo(1);
    assertThat(found(words)).isEmpty();
  }

  private long facesOfGroup() {
    return FacesTable.open(spark, lake).read().where("uri LIKE '%group.jpg'").count();
  }

  private void fill() throws IOException {
    Path albums = temp.resolve("albums");
    for (String person : List.of(FaultyAlbums.SALLEY, FaultyAlbums.SIMM, FaultyAlbums.SAVAGE)) {
      List<Path> photos = FaultyAlbums.john(person);
      for (int photo = 0; photo < PHOTOS; photo++) {
        FaultyAlbums.copy(
            photos.get(photo), albums.resolve("a/%s/%d.jpg".formatted(person, photo)));
      }
      String name = person.substring(person.length() - 3);
      FaultyAlbums.copy(photos.get(PHOTOS), albums.resolve("b/" + name + ".jpg"));
    }
    FaultyAlbums.copy(FaultyAlbums.john(FaultyAlbums.SIMM).get(0), albums.resolve("b/again.jpg"));
    writeGroup(albums.resolve("b/group.jpg"));
    EmbeddedIndex.run(albums.resolve("a"), Layout.IDENTITY_FOLDERS, "a", lake);
    EmbeddedIndex.run(albums.resolve("b"), Layout.FLAT, "b", lake);
    assertThat(facesOfGroup()).isEqualTo(2);
    DedupedLake.cluster(lake, "b", 0.6);
    new DedupeJob(spark, DedupeOptions.builder(lake).build(), phase -> {}).execute();
    new TagJob(
            spark,
            new TagOptions(
                lake,
                new TagOptions.Gallery.Labelled(List.of("a")),
                List.of("b"),
                DistanceThreshold.parse("0.6"),
                3),
            IndexWatcher.NONE)
        .execute();
    new ReviewJob(
            spark,
            new ReviewOptions(lake, temp.resolve("site").toString(), 100, false),
            phase -> {})
        .execute();
    export("folders", ExportFormat.FOLDERS, 0);
    export("shards", ExportFormat.WEBDATASET, 112);
  }

  /** Two people beside each other. */
  private static void writeGroup(Path file) throws IOException {
    BufferedImage left = ImageIO.read(FaultyAlbums.john(FaultyAlbums.SALLEY).get(4).toFile());
    BufferedImage right = ImageIO.read(FaultyAlbums.john(FaultyAlbums.SIMM).get(4).toFile());
    BufferedImage both =
        new BufferedImage(
            left.getWidth() + right.getWidth(),
            Math.max(left.getHeight(), right.getHeight()),
            BufferedImage.TYPE_INT_RGB);
    both.createGraphics().drawImage(left, 0, 0, null);
    both.createGraphics().drawImage(right, left.getWidth(), 0, null);
    ImageIO.write(both, "jpg", file.toFile());
  }

  /** As dedupe calls the one whom dataset a calls by a name. */
  private String person() {
    return PeopleTable.open(spark, lake)
        .read()
        .where("scope = 'resolved' AND identity = 'John_Simm'")
        .select(PeopleTable.PERSON_ID)
        .head()
        .getString(0);
  }

  private void export(String folder, ExportFormat format, int chipSize) {
    ExportOptions usual = ExportOptions.of(lake, temp.resolve(folder).toString());
    new ExportJob(
            spark,
            new ExportOptions(
                lake,
                usual.target(),
                format,
                chipSize,
                usual.scope(),
                usual.datasets(),
                usual.withoutPeopleOf(),
                usual.drops(),
                usual.relabel(),
                usual.minFace(),
                usual.minPhotos(),
                usual.shardMb(),
                usual.seed(),
                usual.chunkImages(),
                usual.resuming()),
            phase -> {})
        .execute();
  }

  private String[] forget(String... more) {
    List<String> command =
        new ArrayList<>(
            List.of("forget", "--lake", temp.resolve("lake").toString(), "--person", person));
    command.addAll(List.of(more));
    return command.toArray(String[]::new);
  }

  private Outcome index(String dataset, String layout, String... more) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "index",
                "--input",
                temp.resolve("albums").resolve(dataset).toString(),
                "--layout",
                layout,
                "--dataset",
                dataset,
                "--lake",
                temp.resolve("lake").toString()));
    command.addAll(List.of(more));
    return TestLauncher.run(command.toArray(String[]::new));
  }

  private static void assertLeftOut(Outcome index, int images) {
    assertThat(index.exit()).as(index.err()).isZero();
    assertThat(index.out()).contains(images + " images of forgotten people were left out");
  }

  /** What stands in which file of the lake, the site and the exports, or in its name. */
  private List<String> found(List<String> words) throws IOException {
    List<String> found = new ArrayList<>();
    for (String folder : List.of("lake", "site", "folders", "shards")) {
      for (String name : names(temp.resolve(folder))) {
        Path file = temp.resolve(folder).resolve(name);
        String text =
            name
                + (name.endsWith(".parquet")
                    ? spark.read().parquet(file.toString()).toJSON().collectAsList().toString()
                    : new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
        words.stream()
            .filter(text::contains)
            .forEach(word -> found.add(word + " in " + folder + "/" + name));
      }
    }
    return found;
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .toList();
    }
  }
}
