package facelake.table;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Valid rows of the tables, for tests that change one value at a time. */
final class Rows {
  static final Instant NOON = Instant.parse("2024-05-01T12:00:00Z");

  private static final Map<String, Object> IMAGE =
      Map.ofEntries(
          Map.entry(ImagesTable.DATASET, "d"),
          Map.entry(ImagesTable.URI, "file:/a.jpg"),
          Map.entry(ImagesTable.SOURCE, "file:/"),
          Map.entry(ImagesTable.SOURCE_VERSION, "1"),
          Map.entry(ImagesTable.IMAGE_ID, "ab"),
          Map.entry(ImagesTable.WIDTH, 100),
          Map.entry(ImagesTable.HEIGHT, 80),
          Map.entry(ImagesTable.STATUS, ImageStatus.OK.label()),
          Map.entry(ImagesTable.FACES, 1),
          Map.entry(ImagesTable.PIPELINE, "p"),
          Map.entry(ImagesTable.RUN_ID, "run-1"),
          Map.entry(ImagesTable.PROCESSED_AT, NOON));

  private static final Map<String, Object> FACE =
      Map.ofEntries(
          Map.entry(FacesTable.FACE_ID, "f"),
          Map.entry(FacesTable.DATASET, "d"),
          Map.entry(FacesTable.URI, "file:/a.jpg"),
          Map.entry(FacesTable.IMAGE_ID, "ab"),
          Map.entry(FacesTable.IMAGE_WIDTH, 100),
          Map.entry(FacesTable.IMAGE_HEIGHT, 80),
          Map.entry(FacesTable.BOX, box(0, 10, 99, 79)),
          Map.entry(FacesTable.BOX_SOURCE, "detector"),
          Map.entry(FacesTable.DETECTION_SCORE, 1.5f),
          Map.entry(FacesTable.LANDMARKS, List.of(RowFactory.create(20, 30))),
          Map.entry(FacesTable.SIZE, 70),
          Map.entry(FacesTable.SHARPNESS, 3f),
          Map.entry(FacesTable.POSE, RowFactory.create(1f, -2f)),
          Map.entry(FacesTable.EMBEDDER, "resnet-v1:0123456789ab"),
          Map.entry(FacesTable.PIPELINE, "p"),
          Map.entry(FacesTable.RUN_ID, "run-1"),
          Map.entry(FacesTable.EMBEDDING, embedding(FacesTable.EMBEDDING_LENGTH)));

  private static final Map<String, Object> PERSON =
      Map.of(
          PeopleTable.SCOPE, "all",
          PeopleTable.PERSON_ID, "p",
          PeopleTable.FACE_ID, "f",
          PeopleTable.DATASET, "d",
          PeopleTable.URI, "file:/a.jpg",
          PeopleTable.SIZE, 1,
          PeopleTable.THRESHOLD, 0.6f,
          PeopleTable.EMBEDDER, "resnet-v1:0123456789ab",
          PeopleTable.RUN_ID, "run-1");

  private static final Map<String, Object> DECISION =
      Map.of(
          DecisionsTable.DECISION_ID, "id",
          DecisionsTable.DECISION, "same",
          DecisionsTable.DATASET_A, "d",
          DecisionsTable.IDENTITY_A, "ann",
          DecisionsTable.DATASET_B, "e",
          DecisionsTable.IDENTITY_B, "anne",
          DecisionsTable.DECIDED_AT, NOON,
          DecisionsTable.RUN_ID, "run-1",
          DecisionsTable.RECORDED_AT, NOON);

  private static final Map<String, Object> DUPLICATE =
      Map.ofEntries(
          Map.entry(DuplicatesTable.DUPLICATE_ID, "d-0"),
          Map.entry(DuplicatesTable.KIND, CopyKind.NEAR.label()),
          Map.entry(DuplicatesTable.KEEP, false),
          Map.entry(DuplicatesTable.DATASET, "d"),
          Map.entry(DuplicatesTable.URI, "file:/a.jpg"),
          Map.entry(DuplicatesTable.IMAGE_ID, "ab"),
          Map.entry(DuplicatesTable.WIDTH, 100),
          Map.entry(DuplicatesTable.HEIGHT, 80),
          Map.entry(DuplicatesTable.BYTES, 1000L),
          Map.entry(DuplicatesTable.BITS, 4),
          Map.entry(DuplicatesTable.DISTANCE, 0.25f),
          Map.entry(DuplicatesTable.DATASETS, List.of("d", "e")),
          Map.entry(DuplicatesTable.IDENTITIES, List.of("d/Ann")),
          Map.entry(DuplicatesTable.CONFLICT, false),
          Map.entry(DuplicatesTable.RUN_ID, "run-1"));

  private static final Map<String, Object> MATCH =
      Map.ofEntries(
          Map.entry(MatchesTable.DATASET_A, "d"),
          Map.entry(MatchesTable.IDENTITY_A, "ann"),
          Map.entry(MatchesTable.PART_A, 0),
          Map.entry(MatchesTable.FACES_A, 3),
          Map.entry(MatchesTable.DATASET_B, "e"),
          Map.entry(MatchesTable.IDENTITY_B, "anne"),
          Map.entry(MatchesTable.PART_B, 1),
          Map.entry(MatchesTable.FACES_B, 2),
          Map.entry(MatchesTable.PAIRS, 6),
          Map.entry(MatchesTable.PAIRS_NEAR, 6),
          Map.entry(MatchesTable.DISTANCE, 0.25),
          Map.entry(MatchesTable.DISTANCE_NORMALISED, -2.5),
          Map.entry(MatchesTable.RIVAL_NORMALISED, -0.5),
          Map.entry(MatchesTable.DISTANCE_MIN, 0.2),
          Map.entry(MatchesTable.DISTANCE_MEDIAN, 0.3),
          Map.entry(MatchesTable.DISTANCE_MEAN, 0.31),
          Map.entry(MatchesTable.DISTANCE_MEDOID, 0.28),
          Map.entry(MatchesTable.SHARED_PHOTOS, 0),
          Map.entry(MatchesTable.SAME_PHOTO, 0),
          Map.entry(MatchesTable.SCORE, 4.5),
          Map.entry(MatchesTable.LOG_LIKELIHOOD_RATIO, 9.0),
          Map.entry(MatchesTable.PROBABILITY, 0.99),
          Map.entry(MatchesTable.EXPECTED_FALSE_MERGES, 0.001),
          Map.entry(MatchesTable.VERDICT, "same"),
          Map.entry(MatchesTable.REASON, "evidence"),
          Map.entry(MatchesTable.BRIDGE, false),
          Map.entry(MatchesTable.BEST_PAIRS, List.of(RowFactory.create("f", "g", 0.2))),
          Map.entry(MatchesTable.EMBEDDER, "resnet-v1:0123456789ab"),
          Map.entry(MatchesTable.RUN_ID, "run-1"));

  private static final Map<String, Object> LABEL_ISSUE =
      Map.of(
          LabelIssuesTable.DATASET, "d",
          LabelIssuesTable.IDENTITY, "ann",
          LabelIssuesTable.KIND, "tiny",
          LabelIssuesTable.FACES, 1,
          LabelIssuesTable.RUN_ID, "run-1");

  private static final Map<String, Object> LINEAGE =
      Map.of(
          LineageTable.PERSON_ID, "p",
          LineageTable.EVENT, "merged",
          LineageTable.BECAME, "q",
          LineageTable.FACES, 3L,
          LineageTable.RUN_ID, "run-1",
          LineageTable.RECORDED_AT, NOON);

  private static final Map<String, Object> TAG =
      Map.ofEntries(
          Map.entry(TagsTable.GALLERY, "g"),
          Map.entry(TagsTable.FACE_ID, "f"),
          Map.entry(TagsTable.DATASET, "d"),
          Map.entry(TagsTable.URI, "file:/a.jpg"),
          Map.entry(TagsTable.VERDICT, "named"),
          Map.entry(TagsTable.PERSON, "ann"),
          Map.entry(TagsTable.DISTANCE, 0.3f),
          Map.entry(TagsTable.MARGIN, -0.1f),
          Map.entry(TagsTable.VOTES, 2),
          Map.entry(TagsTable.PROBABILITY, 0.9),
          Map.entry(TagsTable.CANDIDATES, List.of(RowFactory.create("ann", 0.3f, 2, 0.9))),
          Map.entry(TagsTable.NEIGHBOURS, List.of(RowFactory.create("e", "ann", 0.3f))),
          Map.entry(TagsTable.THRESHOLD, 0.6f),
          Map.entry(TagsTable.EMBEDDER, "resnet-v1:0123456789ab"),
          Map.entry(TagsTable.FACE_RUN, "run-1"),
          Map.entry(TagsTable.RUN_ID, "run-2"));

  private Rows() {}

  static Row image(Object... changes) {
    return row(ImagesTable.SCHEMA, IMAGE, changes);
  }

  static Row face(Object... changes) {
    return row(FacesTable.SCHEMA, FACE, changes);
  }

  static Row person(Object... changes) {
    return row(PeopleTable.SCHEMA, PERSON, changes);
  }

  static Row decision(Object... changes) {
    return row(DecisionsTable.SCHEMA, DECISION, changes);
  }

  static Row duplicate(Object... changes) {
    return row(DuplicatesTable.SCHEMA, DUPLICATE, changes);
  }

  static Row match(Object... changes) {
    return row(MatchesTable.SCHEMA, MATCH, changes);
  }

  static Row labelIssue(Object... changes) {
    return row(LabelIssuesTable.SCHEMA, LABEL_ISSUE, changes);
  }

  static Row lineage(Object... changes) {
    return row(LineageTable.SCHEMA, LINEAGE, changes);
  }

  static Row tag(Object... changes) {
    return row(TagsTable.SCHEMA, TAG, changes);
  }

  static Row box(int left, int top, int right, int bottom) {
    return RowFactory.create(left, top, right, bottom);
  }

  static List<Float> embedding(int length) {
    return Collections.nCopies(length, 0.125f);
  }

  static Dataset<Row> of(SparkSession spark, StructType schema, Row... rows) {
    return spark.createDataFrame(Arrays.asList(rows), schema);
  }

  static String[] allBut(StructType schema, String column) {
    return Arrays.stream(schema.fieldNames())
        .filter(name -> !name.equals(column))
        .toArray(String[]::new);
  }

  private static Row row(StructType schema, Map<String, Object> values, Object... changes) {
    Map<String, Object> changed = new HashMap<>(values);
    for (int i = 0; i < changes.length; i += 2) {
      changed.put((String) changes[i], changes[i + 1]);
    }
    return RowFactory.create(
        Arrays.stream(schema.fields()).map(StructField::name).map(changed::get).toArray());
  }
}
