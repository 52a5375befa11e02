package facelake.table;

import static facelake.table.TableAsserts.assertRefused;
import static facelake.table.TableAsserts.assertSame;
import static facelake.table.TableAsserts.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facelake.TestSpark;
import facelake.UserError;
import facelake.match.Decision;
import facelake.match.Subject;
import facelake.match.Topic;
import facelake.match.Verdict;
import io.delta.tables.DeltaTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TablesTest {
  private final SparkSession spark = TestSpark.session();

  @TempDir Path folder;
  private Lake lake;

  @BeforeEach
  void makeLake() {
    lake = Lake.at(folder.resolve(TestSpark.ODD_FOLDER).toString());
  }

  @Test
  void schemaAndCommentsSurviveWriting() {
    ImagesTable images = ImagesTable.create(spark, lake);
    FacesTable faces = FacesTable.create(spark, lake);
    PeopleTable people = PeopleTable.create(spark, lake);
    DuplicatesTable duplicates = DuplicatesTable.create(spark, lake);
    RunsTable runs = RunsTable.create(spark, lake);
    DecisionsTable decisions = DecisionsTable.create(spark, lake);
    MatchesTable matches = MatchesTable.create(spark, lake);
    LabelIssuesTable issues = LabelIssuesTable.create(spark, lake);
    LineageTable lineage = LineageTable.create(spark, lake);
    images.upsert("d", Rows.of(spark, ImagesTable.SCHEMA, Rows.image()));
    matches.replace(Rows.of(spark, MatchesTable.SCHEMA, Rows.match()));
    faces.append(Rows.of(spark, FacesTable.SCHEMA, Rows.face()));
    people.replaceScope("all", Rows.of(spark, PeopleTable.SCHEMA, Rows.person()));
    duplicates.replace(Rows.of(spark, DuplicatesTable.SCHEMA, Rows.duplicate()));

    assertSame(images.read().schema(), ImagesTable.SCHEMA);
    assertSame(faces.read().schema(), FacesTable.SCHEMA);
    assertSame(people.read().schema(), PeopleTable.SCHEMA);
    assertSame(duplicates.read().schema(), DuplicatesTable.SCHEMA);
    assertSame(runs.read().schema(), RunsTable.SCHEMA);
    assertSame(decisions.read().schema(), DecisionsTable.SCHEMA);
    assertSame(matches.read().schema(), MatchesTable.SCHEMA);
    assertSame(issues.read().schema(), LabelIssuesTable.SCHEMA);
    assertSame(lineage.read().schema(), LineageTable.SCHEMA);
    assertThat(matches.read().first())
        .isEqualTo(Rows.of(spark, MatchesTable.SCHEMA, Rows.match()).first());
    assertThat(faces.read().first())
        .isEqualTo(Rows.of(spark, FacesTable.SCHEMA, Rows.face()).first());
  }

  @Test
  void arrivesWithItsChecksInOneCommit() {
    FacesTable.create(spark, lake);
    DeltaTable table = DeltaTable.forPath(spark, lake.path(FacesTable.NAME));

    assertThat(table.history().count()).isEqualTo(1);
    Row detail = table.detail().first();
    assertThat(detail.getJavaMap(detail.fieldIndex("properties")).keySet())
        .map(String.class::cast)
        .contains("delta.constraints.embedding_length", "delta.constraints.box_inside_image");
    assertThat(detail.<String>getAs("description")).startsWith("One row for each face");
  }

  private void upsert(ImagesTable images, Row... rows) {
    images.upsert("d", Rows.of(spark, ImagesTable.SCHEMA, rows));
  }

  @Test
  void upsertReplacesByKeyAndAddsTheRest() {
    ImagesTable images = ImagesTable.create(spark, lake);
    images.upsert(
        "other", Rows.of(spark, ImagesTable.SCHEMA, Rows.image(ImagesTable.DATASET, "other")));
    upsert(images, Rows.image(), Rows.image(ImagesTable.URI, "file:/b.jpg"));
    upsert(
        images,
        Rows.image(ImagesTable.RUN_ID, "run-2"),
        Rows.image(ImagesTable.URI, "file:/c.jpg", ImagesTable.RUN_ID, "run-2"));

    assertThat(texts(images.read(), ImagesTable.DATASET, ImagesTable.URI, ImagesTable.RUN_ID))
        .containsExactlyInAnyOrder(
            "[d,file:/a.jpg,run-2]",
            "[d,file:/b.jpg,run-1]",
            "[d,file:/c.jpg,run-2]",
            "[other,file:/a.jpg,run-1]");
  }

  @Test
  void upsertRefusesRowsOfAnotherDataset() {
    ImagesTable images = ImagesTable.create(spark, lake);

    assertThatThrownBy(
            () ->
                images.upsert(
                    "d",
                    Rows.of(spark, ImagesTable.SCHEMA, Rows.image(ImagesTable.DATASET, "other"))))
        .hasStackTraceContaining("a row of dataset other among those of dataset d");
    assertThat(images.read().count()).isZero();
  }

  @Test
  void marksRemovedImagesOfOneDataset() {
    ImagesTable images = ImagesTable.create(spark, lake);
    images.upsert(
        "other", Rows.of(spark, ImagesTable.SCHEMA, Rows.image(ImagesTable.DATASET, "other")));
    upsert(images, Rows.image(), Rows.image(ImagesTable.URI, "file:/b.jpg"));
    Dataset<Row> gone = images.read().where("dataset = 'd' AND uri = 'file:/a.jpg'");

    images.markRemoved("d", gone, "run-2");

    assertThat(
            texts(
                images.read(),
                ImagesTable.DATASET,
                ImagesTable.URI,
                ImagesTable.STATUS,
                ImagesTable.FACES,
                ImagesTable.RUN_ID))
        .containsExactlyInAnyOrder(
            "[d,file:/a.jpg,removed,0,run-2]",
            "[d,file:/b.jpg,ok,1,run-1]",
            "[other,file:/a.jpg,ok,1,run-1]");
  }

  @Test
  void appendTwiceKeepsBoth() {
    FacesTable faces = FacesTable.create(spark, lake);
    faces.append(Rows.of(spark, FacesTable.SCHEMA, Rows.face()));
    faces.append(
        Rows.of(spark, FacesTable.SCHEMA, Rows.face(FacesTable.FACE_ID, "g"))
            .select(FacesTable.EMBEDDING, Rows.allBut(FacesTable.SCHEMA, FacesTable.EMBEDDING)));

    assertThat(texts(FacesTable.open(spark, lake).read(), FacesTable.FACE_ID))
        .containsExactlyInAnyOrder("[f]", "[g]");
  }

  @Test
  void deletesFacesWithoutTheirImage() {
    ImagesTable images = ImagesTable.create(spark, lake);
    FacesTable faces = FacesTable.create(spark, lake);
    upsert(
        images,
        Rows.image(ImagesTable.RUN_ID, "run-2"),
        Rows.image(
            ImagesTable.URI, "file:/gone.jpg", ImagesTable.STATUS, ImageStatus.REMOVED.label()));
    faces.append(
        Rows.of(
            spark,
            FacesTable.SCHEMA,
            Rows.face(FacesTable.FACE_ID, "current", FacesTable.RUN_ID, "run-2"),
            Rows.face(FacesTable.FACE_ID, "replaced"),
            Rows.face(FacesTable.FACE_ID, "removed", FacesTable.URI, "file:/gone.jpg"),
            Rows.face(FacesTable.FACE_ID, "never committed", FacesTable.URI, "file:/new.jpg"),
            Rows.face(FacesTable.FACE_ID, "elsewhere", FacesTable.DATASET, "other")));

    faces.deleteOrphans("d");
    assertThat(texts(faces.read(), FacesTable.FACE_ID))
        .containsExactlyInAnyOrder("[current]", "[elsewhere]");

    long commits = DeltaTable.forPath(spark, lake.path(FacesTable.NAME)).history().count();
    faces.deleteOrphans("d");
    assertThat(DeltaTable.forPath(spark, lake.path(FacesTable.NAME)).history().count())
        .as("no commit without orphans")
        .isEqualTo(commits);
  }

  @Test
  void replacesOneScopeOnly() {
    PeopleTable people = PeopleTable.create(spark, lake);
    String quoted = "image:file:/it's \\ here.jpg ${env:HOME} `x`";
    people.replaceScope("all", Rows.of(spark, PeopleTable.SCHEMA, Rows.person()));
    people.replaceScope(
        quoted,
        Rows.of(
            spark,
            PeopleTable.SCHEMA,
            Rows.person(PeopleTable.SCOPE, quoted),
            Rows.person(PeopleTable.SCOPE, quoted, PeopleTable.FACE_ID, "g")));
    people.replaceScope(
        quoted,
        Rows.of(
            spark,
            PeopleTable.SCHEMA,
            Rows.person(PeopleTable.SCOPE, quoted, PeopleTable.PERSON_ID, "new")));

    assertThat(texts(people.read(), PeopleTable.SCOPE, PeopleTable.PERSON_ID))
        .containsExactlyInAnyOrder("[all,p]", "[" + quoted + ",new]");
    assertThatThrownBy(
            () -> people.replaceScope("x", Rows.of(spark, PeopleTable.SCHEMA, Rows.person())))
        .hasMessageContaining("scope = 'x'");
  }

  @Test
  void replacesAllMatchesAndLabelIssuesInOneCommit() {
    MatchesTable matches = MatchesTable.create(spark, lake);
    LabelIssuesTable issues = LabelIssuesTable.create(spark, lake);
    for (String run : List.of("run-1", "run-2")) {
      matches.replace(
          Rows.of(
              spark,
              MatchesTable.SCHEMA,
              Rows.match(MatchesTable.RUN_ID, run, MatchesTable.IDENTITY_A, "of " + run)));
      issues.replace(
          Rows.of(spark, LabelIssuesTable.SCHEMA, Rows.labelIssue(LabelIssuesTable.RUN_ID, run)));
    }

    assertThat(texts(matches.read(), MatchesTable.IDENTITY_A, MatchesTable.RUN_ID))
        .containsExactly("[of run-2,run-2]");
    assertThat(texts(issues.read(), LabelIssuesTable.RUN_ID)).containsExactly("[run-2]");
    assertThat(DeltaTable.forPath(spark, lake.path(MatchesTable.NAME)).history().count())
        .isEqualTo(3);
    matches.replace(Rows.of(spark, MatchesTable.SCHEMA));
    assertThat(matches.read().count()).isZero();
  }

  @Test
  void lineageOnlyGrows() {
    LineageTable lineage = LineageTable.create(spark, lake);
    lineage.append(Rows.of(spark, LineageTable.SCHEMA, Rows.lineage()));
    lineage.append(
        Rows.of(
            spark,
            LineageTable.SCHEMA,
            Rows.lineage(LineageTable.EVENT, "ended", LineageTable.BECAME, null)));

    assertThat(texts(lineage.read(), LineageTable.EVENT, LineageTable.BECAME))
        .containsExactlyInAnyOrder("[merged,q]", "[ended,null]");
    assertRefused(() -> DeltaTable.forPath(spark, lake.path(LineageTable.NAME)).delete(), "append");
    assertRefused(
        () ->
            lineage.append(
                Rows.of(spark, LineageTable.SCHEMA, Rows.lineage(LineageTable.EVENT, "gone"))),
        "known_event");
  }

  @Test
  void replacesAllDuplicatesInOneCommit() {
    DuplicatesTable duplicates = DuplicatesTable.create(spark, lake);
    duplicates.replace(duplicates(Rows.duplicate(), Rows.duplicate(DuplicatesTable.URI, "b")));
    duplicates.replace(duplicates(Rows.duplicate(DuplicatesTable.URI, "c")));

    assertThat(texts(duplicates.read(), DuplicatesTable.URI)).containsExactly("[c]");
    assertThat(DeltaTable.forPath(spark, lake.path(DuplicatesTable.NAME)).history().count())
        .isEqualTo(3);

    duplicates.replace(duplicates());
    assertThat(duplicates.read().count()).isZero();
  }

  private Dataset<Row> duplicates(Row... rows) {
    return Rows.of(spark, DuplicatesTable.SCHEMA, rows);
  }

  @Test
  void runsComeBackAsTheyWent() {
    RunsTable runs = RunsTable.create(spark, lake);
    RunRecord index =
        run("run-1", "d", new RunRecord.Counts(10L, 12L, 2L, 1L, 5L, 0L), "fingerprint", 2, 6L);
    RunRecord cluster = run("run-2", null, counts(12), null, null, null);
    runs.append(index);
    runs.append(cluster);

    assertThat(runs.records()).containsExactlyInAnyOrder(index, cluster);
    assertThat(texts(runs.read(), RunsTable.RUN_ID, RunsTable.IMAGES_PER_SECOND))
        .containsExactlyInAnyOrder("[run-1,4.0]", "[run-2,null]");
  }

  @Test
  void decisionsComeBackAsTheyWentAndOnlyOnce() {
    DecisionsTable table = DecisionsTable.create(spark, lake);
    Subject ann = new Subject.Identity("d", "安");
    Subject anne = new Subject.Identity("e", "Anne \"O'Neill\", \n");
    Subject face = new Subject.Face("f");
    List<Decision> decisions =
        List.of(
            decision(Verdict.SAME, new Topic(ann, anne)),
            decision(Verdict.DIFFERENT, new Topic(face, new Subject.Face("g"))),
            decision(Verdict.NOT_A_FACE, Topic.of(new Subject.Face("h"))),
            decision(Verdict.WRONG_LABEL, new Topic(face, ann)),
            decision(Verdict.WITHDRAW, new Topic(anne, ann)));
    table.addNew(decisions.subList(0, 3), "run-1", Rows.NOON);
    table.addNew(decisions, "run-2", Rows.NOON);

    assertThat(table.decisions()).containsExactlyInAnyOrderElementsOf(decisions);
    assertThat(texts(table.read(), DecisionsTable.RUN_ID))
        .containsExactlyInAnyOrder("[run-1]", "[run-1]", "[run-1]", "[run-2]", "[run-2]");
  }

  private static Decision decision(Verdict verdict, Topic topic) {
    return Decision.of(verdict, topic, null, Rows.NOON, "why", Rows.NOON);
  }

  private static RunRecord.Counts counts(long faces) {
    return new RunRecord.Counts(null, faces, null, null, null, null);
  }

  private static RunRecord run(
      String id,
      String dataset,
      RunRecord.Counts counts,
      String pipeline,
      Integer executors,
      Long loads) {
    return new RunRecord(
        id,
        "index",
        dataset,
        Rows.NOON,
        2.5,
        counts,
        Map.of("truncated", 1L),
        Map.of("resnet-v1", "5553"),
        Map.of("detector", "hog"),
        pipeline,
        executors,
        loads,
        0.001,
        Map.of("prior", 0.25),
        "0.1.0",
        "4.0.1");
  }

  @Test
  void openRefusesLakeWithoutTheTable() {
    assertThatThrownBy(() -> FacesTable.open(spark, lake))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "lake %s has no table 'faces'; fill it with jobs/facelake index, or name another folder"
                + " with --lake",
            lake.root());
    assertThat(folder).isEmptyDirectory();
  }
}
