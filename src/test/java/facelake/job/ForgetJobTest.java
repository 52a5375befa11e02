package facelake.job;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import facelake.TestSpark;
import facelake.UserError;
import facelake.match.Decision;
import facelake.match.Subject;
import facelake.match.Topic;
import facelake.match.Verdict;
import facelake.report.ReviewSite;
import facelake.spark.LiteralPath;
import facelake.table.DecisionsTable;
import facelake.table.FacesTable;
import facelake.table.ImagesTable;
import facelake.table.Lake;
import facelake.table.MatchesTable;
import facelake.table.PeopleTable;
import facelake.table.RunRecord;
import facelake.table.RunsTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People who are taken out of a lake of drawn faces. */
class ForgetJobTest {
  private static final SparkSession SPARK = TestSpark.session();

  private static final String ADA = "ada";

  /** Somebody else's, in the home of one who has the same name. */
  private static final String OF_ADA = "file:/home/ada/a/ada/1.jpg";

  private static final String CONTENT = "0d9ef2aa17c54b3f";
  private static final String COPY_A = "file:/a/copy.jpg";
  private static final String COPY_B = "file:/b/copy.jpg";

  private static Path filled;
  @TempDir private Path temp;
  private Path folder;
  private Lake lake;

  @BeforeAll
  static void fill() throws IOException {
    filled = Files.createTempDirectory("forget-");
    PeopledLake people = new PeopledLake();
    for (int person = 0; person < 5; person++) {
      people.person("a", person == 4 ? ADA : "a" + person, person, 0, 3);
    }
    for (int person = 3; person < 7; person++) {
      people.person("b", "b" + person, person, 4, 7);
    }
    people
        .beside("a", "a2", PeopledLake.uri("a", 2, 0), 3)
        .photo("a", ADA, COPY_A, CONTENT, 4, 20)
        .photo("b", "b4", COPY_B, CONTENT, 4, 20)
        .photo("b", "b5", OF_ADA, "other bytes", 5, 30)
        .person("c", null, 6, 10, 12);
    Lake lake = people.into(SPARK, Lake.at(filled.resolve(TestSpark.ODD_FOLDER).toString()), 1, 1);
    DedupedLake.cluster(lake, "c");
    new DedupeJob(SPARK, DedupeOptions.builder(lake).build(), phase -> {}).execute();
  }

  @AfterAll
  static void remove() {
    FileUtils.deleteQuietly(filled.toFile());
  }

  @BeforeEach
  void copy() throws IOException {
    folder = temp.resolve(TestSpark.ODD_FOLDER);
    FileUtils.copyDirectory(filled.resolve(TestSpark.ODD_FOLDER).toFile(), folder.toFile());
    lake = Lake.at(folder.toString());
  }

  @Test
  void leavesNothingOfAnIdentity() throws IOException {
    long faces = FacesTable.open(SPARK, lake).read().count();
    long others =
        FacesTable.open(SPARK, lake)
            .read()
            .where("NOT (dataset = 'a' AND identity = 'ada') AND image_id <> '" + CONTENT + "'")
            .count();

    Path site = temp.resolve("home/ada/site");
    Files.createDirectories(site.resolve("data"));
    Files.writeString(site.resolve(SiteFolder.MARK), "");
    Files.writeString(site.resolve("data/1.js"), "[\"file:/a/4/0.jpg\"]");
    Files.writeString(site.resolve("notes.txt"), "by ada, of " + OF_ADA);
    note("review", Map.of("out", site.toString()));
    note("tag", Map.of("gallery", "a/ada", "input", "/home/ada/photos"));
    decide("a0", "seen with ada");
    decide("a1", "beside a/ada");

    ForgetResult result = forget(identity("a", ADA));

    assertThat(result.left()).isEmpty();
    assertThat(result.isProven()).isTrue();
    assertThat(result.plan().labels()).containsEntry("a/ada", 4L);
    assertThat(result.plan().notes())
        .anyMatch(note -> note.matches("3 more faces in 3 photos are the same person.*p-.*"));
    assertThat(site.resolve("data")).doesNotExist();
    assertThat(site.resolve("notes.txt")).exists();
    assertThat(site.resolve(ReviewSite.PAGE)).content().contains("was forgotten");
    assertThat(
            ImagesTable.open(SPARK, lake)
                .read()
                .where(col(ImagesTable.URI).equalTo(OF_ADA))
                .count())
        .isEqualTo(1);
    assertThat(RunsTable.open(SPARK, lake).records())
        .extracting(RunRecord::options)
        .contains(
            Map.of("out", site.toString()), Map.of("gallery", "", "input", "/home/ada/photos"));
    assertThat(DecisionsTable.open(SPARK, lake).decisions())
        .extracting(Decision::who, Decision::note)
        .containsExactlyInAnyOrder(tuple(ADA, "seen with ada"), tuple(ADA, null));
    assertThat(FacesTable.open(SPARK, lake).read().count()).isEqualTo(others);
    assertThat(result.rows()).containsEntry("faces", faces - others).containsEntry("images", 5L);
    assertNowhere("file:/a/4/", COPY_B);
    assertThat(runs()).doesNotContain("a/ada");
    assertThat(FacesTable.open(SPARK, lake).read().where("identity = 'b4'").count()).isEqualTo(3);
    assertGoesOnWithoutHistory();
  }

  private void assertGoesOnWithoutHistory() throws IOException {
    assertThatThrownBy(
            () ->
                SPARK
                    .read()
                    .format("delta")
                    .option("versionAsOf", 0)
                    .load(lake.path(PeopleTable.NAME))
                    .count())
        .hasMessageContaining("0");
    assertThatThrownBy(
            () -> SPARK.sql("DELETE FROM delta.`%s`".formatted(lake.path(RunsTable.NAME))))
        .hasMessageContaining("append");
    Path said =
        Files.writeString(
            temp.resolve("said.csv"),
            """
            decision,dataset_a,identity_a,dataset_b,identity_b
            different,a,ada,b,b5
            different,a,a2,b,b5
            """);
    DedupeOptions options = DedupeOptions.builder(lake).decisions(said.toString()).build();
    DedupeResult deduped = new DedupeJob(SPARK, options, phase -> {}).execute();
    assertThat(deduped.notes()).anyMatch(note -> note.matches(".*forgotten: 1"));
    assertThat(DedupedLake.rows(lake, DecisionsTable.NAME).toString())
        .contains("a,a2,")
        .doesNotContain("a,ada,");
    assertThat(DedupedLake.ids(lake)).hasSizeGreaterThan(25);
    assertThat(DedupedLake.rows(lake, MatchesTable.NAME).toString()).doesNotContain("a,ada,");
  }

  @Test
  void takesThePersonOutOfAPhotoOfSeveral() throws IOException {
    String group = PeopledLake.uri("a", 2, 0);
    String person = DedupedLake.ids(lake).get("face 1 of " + group);
    assertThat(person).isEqualTo(DedupedLake.ids(lake).get(face("a", 3, 0)));

    ForgetResult result = forget(new ForgetOptions.Who.Person(person, PeopleTable.RESOLVED));

    assertThat(result.left()).isEmpty();
    assertNowhere("face 1 of " + group, "file:/a/3/", person);
    assertThat(
            ImagesTable.open(SPARK, lake)
                .read()
                .where(col(ImagesTable.URI).equalTo(group))
                .select(ImagesTable.FACES)
                .head()
                .getInt(0))
        .isEqualTo(1);
    assertThat(DedupedLake.ids(lake)).containsKey(face("a", 2, 0));
  }

  @Test
  void forgetsOnePhotoAndItsCopies() throws IOException {
    String gone = temp.resolve("gone").toString();
    note("export", Map.of("to", gone));

    ForgetResult result = forget(new ForgetOptions.Who.Image(COPY_A));

    assertThat(result.left()).isEmpty();
    assertThat(result.isProven()).isFalse();
    assertThat(result.unproven()).extracting(ForgetFolder.Found::uri).containsExactly(gone);
    ForgetPlan again = job(identity("a", "adda")).look();
    assertThat(again.isUnfinished()).isTrue();
    assertThat(again.notFound()).contains("no identity 'adda'");
    assertThat(again.traces()).isEqualTo(result.plan().traces());
    FileUtils.deleteDirectory(folder.resolve(UnfinishedForget.FOLDER).toFile());
    assertNowhere(COPY_A, COPY_B);
    assertThat(FacesTable.open(SPARK, lake).read().where("identity = 'ada'").count()).isEqualTo(3);
  }

  @Test
  void lookingChangesNothing() throws IOException {
    SortedMap<String, String> before = FaultyAlbums.hashes(folder);

    ForgetPlan plan = job(identity("a", ADA)).look();

    assertThat(plan.rows()).containsKeys("faces", "images", "people", "duplicates", "matches");
    assertThat(FaultyAlbums.hashes(folder)).isEqualTo(before);
    assertThat(job(identity("a", ADA)).execute(each -> false)).isEmpty();
    assertThat(FaultyAlbums.hashes(folder)).isEqualTo(before);
  }

  @Test
  void saysWhoIsNotThere() {
    assertThatThrownBy(() -> job(identity("a", "adda")).look())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("dataset 'a' has no identity 'adda'; did you mean ada?");
    assertThatThrownBy(() -> job(new ForgetOptions.Who.Person("nobody", "resolved")).look())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("scope resolved has no person 'nobody'");
    assertThatThrownBy(() -> job(new ForgetOptions.Who.Image("file:/a/none.jpg")).look())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("is called 'file:/a/none.jpg'");
  }

  private static ForgetOptions.Who identity(String dataset, String name) {
    return new ForgetOptions.Who.Labelled(new Subject.Identity(dataset, name));
  }

  private static String face(String dataset, int person, int photo) {
    return PeopledLake.faceId(PeopledLake.uri(dataset, person, photo));
  }

  private ForgetJob job(ForgetOptions.Who who) {
    return new ForgetJob(SPARK, new ForgetOptions(lake, who), List.of(), phase -> {});
  }

  private ForgetResult forget(ForgetOptions.Who who) {
    return job(who).execute(plan -> true).orElseThrow();
  }

  private void note(String command, Map<String, String> options) {
    RunsTable.create(SPARK, lake)
        .append(
            RunRecord.ofFaces(
                command, command, null, Instant.EPOCH, null, options, null, SPARK.version()));
  }

  private void decide(String identity, String note) {
    Topic topic = new Topic(new Subject.Identity("a", identity), new Subject.Identity("b", "b5"));
    DecisionsTable.create(SPARK, lake)
        .addNew(
            List.of(new Decision(identity, Verdict.DIFFERENT, topic, ADA, Instant.EPOCH, note)),
            "run",
            Instant.EPOCH);
  }

  private String runs() {
    return DedupedLake.rows(lake, RunsTable.NAME).toString();
  }

  /** Reads each file by itself, whether a version has it or not. */
  private void assertNowhere(String... words) throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String text =
            file.toString().endsWith(".parquet")
                ? rows(file)
                : Files.readString(file, StandardCharsets.ISO_8859_1);
        for (String word : words) {
          if (text.contains(word)) {
            found.add(word + " in " + file);
          }
        }
      }
    }
    assertThat(found).isEmpty();
  }

  private static String rows(Path file) {
    String literal = LiteralPath.of(new org.apache.hadoop.fs.Path(file.toUri()));
    return SPARK.read().parquet(literal).toJSON().collectAsList().toString();
  }
}
