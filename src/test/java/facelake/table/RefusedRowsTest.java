package facelake.table;

import static facelake.table.TableAsserts.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import facelake.TestSpark;
import facelake.match.Decision;
import facelake.match.Subject;
import facelake.match.Topic;
import facelake.match.Verdict;
import io.delta.tables.DeltaTable;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The constraints of the tables. */
class RefusedRowsTest {
  private final SparkSession spark = TestSpark.session();

  /** Stays empty, so that the tests that see rows refused can share it. */
  @TempDir static Path shared;

  @TempDir Path folder;
  private Lake lake;

  @BeforeEach
  void makeLake() {
    lake = Lake.at(folder.resolve("lake").toString());
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
        Arguments.of(FacesTable.GENDER, "odd", "known_gender"),
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
        Arguments.of(MatchesTable.RIVAL_NORMALISED, Double.NaN, "rival_is_number"),
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

  static List<Arguments> rowsThatTagsRefuses() {
    return List.of(
        Arguments.of(TagsTable.VERDICT, "perhaps", "known_verdict"),
        Arguments.of(TagsTable.PERSON, null, "named_has_name"),
        Arguments.of(TagsTable.VERDICT, "unknown", "named_has_name"),
        Arguments.of(TagsTable.VERDICT, "gallery", "distance_unless_gallery"),
        Arguments.of(TagsTable.DISTANCE, -0.1f, "distance_not_negative"),
        Arguments.of(TagsTable.MARGIN, Float.NaN, "margin_is_number"),
        Arguments.of(TagsTable.VOTES, -1, "votes_not_negative"),
        Arguments.of(TagsTable.PROBABILITY, 1.1, "probability_in_range"),
        Arguments.of(TagsTable.THRESHOLD, 0f, "threshold_positive"),
        Arguments.of(TagsTable.FACE_RUN, null, TagsTable.FACE_RUN));
  }

  @ParameterizedTest(name = "{0} ({2})")
  @MethodSource("rowsThatTagsRefuses")
  void tagsRefusesBadRow(String column, Object value, String named) {
    TagsTable tags = TagsTable.create(spark, Lake.at(shared.toString()));

    assertRefused(
        () ->
            tags.replaceGallery(
                "g", Rows.of(spark, nullable(TagsTable.SCHEMA), Rows.tag(column, value))),
        named);
    assertThat(tags.read().count()).isZero();
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

    assertRefused(
        () ->
            duplicates.replace(
                Rows.of(spark, DuplicatesTable.SCHEMA, Rows.duplicate(column, value))),
        named);
    assertThat(duplicates.read().count()).isZero();
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
            List.of(
                Decision.of(
                    Verdict.NOT_A_FACE,
                    Topic.of(new Subject.Face("f")),
                    null,
                    Rows.NOON,
                    null,
                    Rows.NOON)),
            "r",
            Rows.NOON);

    assertRefused(
        () -> DeltaTable.forPath(spark, lake.path(DecisionsTable.NAME)).delete(), "append");
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
}
