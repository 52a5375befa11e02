package facelake.table;

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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TablesTest {
  private final SparkSession spark = TestSpark.session();

  /** Stays empty, so that the tests that see rows refused can share it. */
  @TempDir static Path shared;

  @TempDir Path folder;
  private Lake lake;

  @BeforeEach
  void makeLake() {
    lake = Lake.at(folder.resolve("lake").toString());
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

  /** Spark reads every column as nullable; names, types and comments are what must be the same. */
  private static void assertSame(StructType found, StructType wanted) {
    assertThat(found.fieldNames()).isEqualTo(wanted.fieldNames());
    for (StructField field : wanted.fields()) {
      StructField other = found.apply(field.name());
      assertThat(other.dataType().sql()).isEqualTo(field.dataType().sql());
      assertThat(other.getComment()).isEqualTo(field.getComment());
      assertThat(other.getComment().isDefined()).isTrue();
    }
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

  @Test
  void isMadeOnceByManyCreatorsAtOnce() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      Callable<FacesTable> create = () -> FacesTable.create(spark, lake);
      for (Future<FacesTable> made : pool.invokeAll(List.of(create, create, create, create))) {
        assertThat(made.get().read().count()).isZero();
      }
    } finally {
      pool.shutdown();
    }
  }

  static List<Arguments> rowsThatFacesRefuses() {
    return List.of(
        Arguments.of(FacesTable.EMBEDDING, Rows.embedding(127), "embedding_length"),
        Arguments.of(FacesTable.EMBEDDING, null, "embedding"),
        Arguments.of(FacesTable.BOX, Rows.box(-1, 0, 5, 5), "box_inside_image"),
        Arguments.of(FacesTable.BOX, Rows.box(0, 0, 100, 5), "box_inside_image"),
        Arguments.of(FacesTable.BOX, Rows.box(0, 0, 5, 80), "box_inside_image"),
        Arguments.of(FacesTable.BOX, Rows.box(6, 0, 5, 5), "box_inside_image"),
        Arguments.of(FacesTable.BOX_SOURCE, "guess", "known_box_source"),
        Arguments.of(FacesTable.GENDER, "unknown", "known_gender"),
        Arguments.of(FacesTable.MALE_PROBABILITY, 1.5f, "probability_in_range"),
        Arguments.of(FacesTable.MALE_PROBABILITY, Float.NaN, "probability_in_range"),
        Arguments.of(FacesTable.FACE_ID, null, FacesTable.FACE_ID));
  }

  @ParameterizedTest(name = "{0} ({2})")
  @MethodSource("rowsThatFacesRefuses")
  void facesRefusesBadRow(String column, Object value, String named) {
    FacesTable faces = FacesTable.create(spark, Lake.at(shared.toString()));

    assertRefused(
        () -> faces.append(Rows.of(spark, nullable(FacesTable.SCHEMA), Rows.face(column, value))),
        named);
    assertThat(faces.read().count()).isZero();
  }

  @Test
  void imagesRefusesBadRows() {
    ImagesTable images = ImagesTable.create(spark, lake);

    assertRefused(() -> upsert(images, Rows.image(ImagesTable.STATUS, "fine")), "known_status");
    assertRefused(() -> upsert(images, Rows.image(ImagesTable.FACES, -1)), "faces_not_negative");
    assertRefused(
        () -> upsert(images, Rows.image(ImagesTable.STATUS, ImageStatus.FAILED.label())),
        "failed_has_class");
    assertThat(images.read().count()).isZero();
  }

  private static void assertRefused(ThrowingCallable write, String named) {
    assertThatThrownBy(write).hasStackTraceContaining(named);
  }

  private static StructType nullable(StructType schema) {
    return new StructType(
        Arrays.stream(schema.fields())
            .map(f -> new StructField(f.name(), f.dataType(), true, f.metadata()))
            .toArray(StructField[]::new));
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
  void upsertOfTwoDatasetsAtOnceLosesNothing() throws Exception {
    ImagesTable images = ImagesTable.create(spark, lake);
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      List<Callable<Void>> writers =
          IntStream.range(0, 2)
              .mapToObj(i -> (Callable<Void>) () -> upsertTwice(images, "d" + i))
              .toList();
      for (Future<Void> done : pool.invokeAll(writers)) {
        done.get();
      }
    } finally {
      pool.shutdown();
    }
    assertThat(images.read().count()).isEqualTo(2);
  }

  private Void upsertTwice(ImagesTable images, String dataset) {
    for (int i = 0; i < 2; i++) {
      images.upsert(
          dataset, Rows.of(spark, ImagesTable.SCHEMA, Rows.image(ImagesTable.DATASET, dataset)));
    }
    return null;
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
    String quoted = "image:file:/it's \\ here.jpg";
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

  static List<Arguments> rowsThatMatchesRefuses() {
    return List.of(
        Arguments.of(MatchesTable.VERDICT, "perhaps", "known_verdict"),
        Arguments.of(MatchesTable.REASON, "guess", "known_reason"),
        Arguments.of(MatchesTable.BRIDGE, true, "bridge_is_for_review"),
        Arguments.of(MatchesTable.PAIRS_NEAR, 7, "near_among_pairs"),
        Arguments.of(MatchesTable.FACES_B, 0, "counts_not_negative"),
        Arguments.of(MatchesTable.DISTANCE_MIN, -0.1, "distances_not_negative"),
        Arguments.of(MatchesTable.DISTANCE, Double.NaN, "distances_not_negative"),
        Arguments.of(MatchesTable.SCORE, Double.NaN, "evidence_is_number"),
        Arguments.of(MatchesTable.PROBABILITY, 1.1, "fractions_in_range"),
        Arguments.of(MatchesTable.GENDER_AGREEMENT, -0.1, "fractions_in_range"),
        Arguments.of(MatchesTable.GROUP_DENSITY, Double.NaN, "fractions_in_range"),
        Arguments.of(MatchesTable.EXPECTED_FALSE_MERGES, -1.0, "false_merges_not_negative"),
        Arguments.of(MatchesTable.IDENTITY_B, null, MatchesTable.IDENTITY_B));
  }

  @ParameterizedTest(name = "{0} ({2})")
  @MethodSource("rowsThatMatchesRefuses")
  void matchesRefusesBadRow(String column, Object value, String named) {
    MatchesTable matches = MatchesTable.create(spark, Lake.at(shared.toString()));

    assertRefused(
        () ->
            matches.replace(
                Rows.of(spark, nullable(MatchesTable.SCHEMA), Rows.match(column, value))),
        named);
    assertThat(matches.read().count()).isZero();
  }

  @Test
  void matchesRefusesPairOfOnePart() {
    MatchesTable matches = MatchesTable.create(spark, lake);
    Object[] onePart = {
      MatchesTable.DATASET_B, "d", MatchesTable.IDENTITY_B, "ann", MatchesTable.PART_B, 0
    };

    assertRefused(
        () -> matches.replace(Rows.of(spark, MatchesTable.SCHEMA, Rows.match(onePart))),
        "two_parts");
  }

  static List<Arguments> rowsThatLabelIssuesRefuses() {
    return List.of(
        Arguments.of(LabelIssuesTable.KIND, "odd", "known_kind"),
        Arguments.of(LabelIssuesTable.PART, -1, "counts_not_negative"),
        Arguments.of(LabelIssuesTable.DISTANCE, -0.5, "distances_not_negative"),
        Arguments.of(LabelIssuesTable.PROPOSED_IDENTITY, "anne", "complete_proposal"),
        Arguments.of(LabelIssuesTable.PROBABILITY, 2.0, "probability_in_range"),
        Arguments.of(LabelIssuesTable.IDENTITY, null, LabelIssuesTable.IDENTITY));
  }

  @ParameterizedTest(name = "{0} ({2})")
  @MethodSource("rowsThatLabelIssuesRefuses")
  void labelIssuesRefusesBadRow(String column, Object value, String named) {
    LabelIssuesTable issues = LabelIssuesTable.create(spark, Lake.at(shared.toString()));

    assertRefused(
        () ->
            issues.replace(
                Rows.of(spark, nullable(LabelIssuesTable.SCHEMA), Rows.labelIssue(column, value))),
        named);
    assertThat(issues.read().count()).isZero();
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
    assertThat(commits(MatchesTable.NAME)).isEqualTo(3);
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
  void writerGivesOldTableTheColumnsAndChecksThatItLacks() {
    makeOldPeople();
    PeopleTable people = PeopleTable.create(spark, lake);

    assertThat(commits(PeopleTable.NAME)).as("made, filled, columns, two checks").isEqualTo(5);
    StructType stored = spark.read().format("delta").load(lake.path(PeopleTable.NAME)).schema();
    for (String name : List.of(PeopleTable.IDENTITY, PeopleTable.PART, PeopleTable.ROLE)) {
      assertThat(stored.apply(name)).isEqualTo(PeopleTable.SCHEMA.apply(name));
    }
    assertThat(texts(people.read(), PeopleTable.FACE_ID, PeopleTable.ROLE))
        .containsExactly("[f,null]");
    assertRefused(
        () ->
            people.replaceScope(
                "all", Rows.of(spark, PeopleTable.SCHEMA, Rows.person(PeopleTable.ROLE, "star"))),
        "known_role");
    people.replaceScope(
        "all", Rows.of(spark, PeopleTable.SCHEMA, Rows.person(PeopleTable.ROLE, "member")));
    assertThat(texts(people.read(), PeopleTable.ROLE)).containsExactly("[member]");

    PeopleTable.create(spark, lake);
    assertThat(commits(PeopleTable.NAME)).as("nothing left to bring up to date").isEqualTo(6);
  }

  @Test
  void readerTakesMissingNullableColumnsOfOldTableForNull() {
    makeOldPeople();
    PeopleTable people = PeopleTable.open(spark, lake);

    assertSame(people.read().schema(), PeopleTable.SCHEMA);
    assertThat(texts(people.read(), PeopleTable.FACE_ID, PeopleTable.IDENTITY, PeopleTable.PART))
        .containsExactly("[f,null,null]");
    assertThat(commits(PeopleTable.NAME)).as("nothing written").isEqualTo(2);
  }

  @Test
  void oldTableIsBroughtUpToDateByManyWritersAtOnce() throws Exception {
    makeOldPeople();
    ExecutorService pool = Executors.newFixedThreadPool(3);
    try {
      Callable<PeopleTable> create = () -> PeopleTable.create(spark, lake);
      for (Future<PeopleTable> made : pool.invokeAll(List.of(create, create, create))) {
        assertThat(made.get().read().count()).isEqualTo(1);
      }
    } finally {
      pool.shutdown();
    }
    assertThat(commits(PeopleTable.NAME)).isEqualTo(5);
  }

  /** The table as it was before it had the columns that say what a face is to an identity. */
  private void makeOldPeople() {
    StructType old =
        new StructType(
            Arrays.stream(PeopleTable.SCHEMA.fields())
                .filter(
                    field ->
                        !List.of(PeopleTable.IDENTITY, PeopleTable.PART, PeopleTable.ROLE)
                            .contains(field.name()))
                .toArray(StructField[]::new));
    DeltaTable.create(spark)
        .location(lake.path(PeopleTable.NAME))
        .addColumns(old)
        .property("delta.constraints.size_positive", "size >= 1")
        .property("delta.constraints.threshold_positive", "threshold > 0")
        .execute();
    Rows.of(spark, PeopleTable.SCHEMA, Rows.person())
        .select(PeopleTable.SCOPE, Rows.allBut(old, PeopleTable.SCOPE))
        .write()
        .format("delta")
        .mode("append")
        .save(lake.path(PeopleTable.NAME));
  }

  private long commits(String table) {
    return DeltaTable.forPath(spark, lake.path(table)).history().count();
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

  static List<Arguments> rowsThatDuplicatesRefuses() {
    return List.of(
        Arguments.of(DuplicatesTable.KIND, "double", "known_kind"),
        Arguments.of(DuplicatesTable.KEEP, true, "kept_is_kept"),
        Arguments.of(DuplicatesTable.BITS, 65, "bits_in_range"),
        Arguments.of(DuplicatesTable.BITS, -1, "bits_in_range"),
        Arguments.of(DuplicatesTable.KIND, CopyKind.EXACT.label(), "only_near_differ"),
        Arguments.of(DuplicatesTable.DISTANCE, -0.1f, "distance_not_negative"),
        Arguments.of(DuplicatesTable.DATASETS, List.of(), "has_datasets"));
  }

  @ParameterizedTest(name = "{0} ({2})")
  @MethodSource("rowsThatDuplicatesRefuses")
  void duplicatesRefusesBadRow(String column, Object value, String named) {
    DuplicatesTable duplicates = DuplicatesTable.create(spark, Lake.at(shared.toString()));

    assertRefused(() -> duplicates.replace(duplicates(Rows.duplicate(column, value))), named);
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
    RunRecord cluster = run("run-2", null, RunRecord.Counts.ofFaces(12), null, null, null);
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

  static List<Arguments> rowsThatDecisionsRefuses() {
    return List.of(
        Arguments.of("known_decision", new Object[] {DecisionsTable.DECISION, "maybe"}),
        Arguments.of("complete_topic", new Object[] {DecisionsTable.IDENTITY_B, null}),
        Arguments.of("complete_topic", new Object[] {DecisionsTable.FACE_A, "f"}),
        Arguments.of("complete_topic", new Object[] {DecisionsTable.DECISION, "not-a-face"}),
        Arguments.of(
            "complete_topic",
            new Object[] {
              DecisionsTable.DATASET_A, null,
              DecisionsTable.IDENTITY_A, null,
              DecisionsTable.FACE_A, "f"
            }));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("rowsThatDecisionsRefuses")
  void decisionsRefusesBadRow(String check, Object[] changes) {
    Lake decided = Lake.at(shared.toString());
    DecisionsTable.create(spark, decided);

    assertRefused(
        () ->
            Rows.of(spark, DecisionsTable.SCHEMA, Rows.decision(changes))
                .write()
                .format("delta")
                .mode("append")
                .save(decided.path(DecisionsTable.NAME)),
        check);
  }

  @Test
  void decisionsAreNeverDeleted() {
    DecisionsTable.create(spark, lake)
        .addNew(
            List.of(decision(Verdict.NOT_A_FACE, Topic.of(new Subject.Face("f")))), "r", Rows.NOON);

    assertRefused(
        () -> DeltaTable.forPath(spark, lake.path(DecisionsTable.NAME)).delete(), "append");
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

  @Test
  void openRefusesTableOfAnotherVersion() {
    spark.range(1).write().format("delta").save(lake.path(FacesTable.NAME));

    assertThatThrownBy(() -> FacesTable.open(spark, lake))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("lacks the columns face_id, dataset");
  }

  private static List<String> texts(Dataset<Row> rows, String first, String... others) {
    return rows.select(first, others).collectAsList().stream().map(Row::toString).toList();
  }
}
