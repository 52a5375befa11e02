package facelake.step;

import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.slice;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import facelake.match.MatchVerdict;
import facelake.table.DuplicatesTable;
import facelake.table.MatchesTable;
import facelake.table.PeopleTable;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** What stands both in datasets that a model is trained on and in those that it is tested on. */
public final class Leaks {
  public static final String KIND = "kind";
  public static final String PERSON = PeopleTable.PERSON_ID;
  public static final String TRAIN = "train";
  public static final String TEST = "test";
  public static final String TRAIN_PHOTOS = "train_photos";
  public static final String TEST_PHOTOS = "test_photos";
  public static final String DISTANCE = MatchesTable.DISTANCE;
  public static final String PROBABILITY = MatchesTable.PROBABILITY;

  /** The rows of all kinds; what a kind does not know is null. */
  public static final StructType SCHEMA =
      new StructType()
          .add(KIND, DataTypes.StringType, false)
          .add(PERSON, DataTypes.StringType, true)
          .add(TRAIN, DataTypes.StringType, true)
          .add(TEST, DataTypes.StringType, true)
          .add(TRAIN_PHOTOS, DataTypes.LongType, true)
          .add(TEST_PHOTOS, DataTypes.LongType, true)
          .add(DISTANCE, DataTypes.DoubleType, true)
          .add(PROBABILITY, DataTypes.DoubleType, true);

  /** Most names of a person that a row has of each side. */
  private static final int NAMES = 10;

  private static final String NAME = "name";
  private static final String SIDE = "side";
  private static final String PAIR = "pair";
  private static final String PHOTO = "photo";

  private final Column isTrain;
  private final Column isTest;

  /** What a row is about; the label stands in the list. */
  public enum Kind {
    /** A person of both: the names and numbers of photos on either side. */
    PERSON("person"),
    /** A photo of the test set that is there with the same bytes. */
    EXACT_PHOTO("exact-photo"),
    /** A photo of the test set that is there in other bytes. */
    NEAR_PHOTO("near-photo"),
    /** Two identities that dedupe takes for one person. */
    SAME_IDENTITY("same-identity"),
    /** Two identities that may be one person: a pair for review. */
    REVIEW_IDENTITY("review-identity");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    /** The word, such as {@code near-photo}. */
    public String label() {
      return label;
    }
  }

  /** Between datasets of two sides, which have none in common. */
  public Leaks(List<String> train, List<String> test) {
    this.isTrain = col(PeopleTable.DATASET).isin(train.toArray());
    this.isTest = col(PeopleTable.DATASET).isin(test.toArray());
  }

  /** Rows of {@link PeopleTable} of the test side, without those beside whom a photo is of. */
  public Dataset<Row> ofTest(Dataset<Row> people) {
    return people.where(isTest.and(PeopleTable.isSomebody()));
  }

  /** Rows of {@link PeopleTable} of the other side, without those beside whom a photo is of. */
  public Dataset<Row> ofTrain(Dataset<Row> people) {
    return people.where(isTrain.and(PeopleTable.isSomebody()));
  }

  /** One row for each person of both sides. */
  public Dataset<Row> people(Dataset<Row> people) {
    Dataset<Row> train = side(ofTrain(people)).toDF(PERSON, TRAIN, TRAIN_PHOTOS);
    Dataset<Row> test = side(ofTest(people)).toDF(PERSON, TEST, TEST_PHOTOS);
    return own(train.join(test, PERSON), lit(Kind.PERSON.label()));
  }

  private static Dataset<Row> side(Dataset<Row> people) {
    return people
        .withColumn(NAME, concat_ws("/", col(PeopleTable.DATASET), col(PeopleTable.IDENTITY)))
        .groupBy(PERSON)
        .agg(
            array_join(slice(sort_array(collect_set(NAME)), 1, NAMES), "; ").as(SIDE),
            count_distinct(col(PeopleTable.DATASET), col(PeopleTable.URI)).as(PHOTO));
  }

  /** One row for each photo of the test side that has a copy on the other, the likest there. */
  public Dataset<Row> photos(Dataset<Row> duplicates) {
    Dataset<Row> train =
        duplicates
            .where(isTrain)
            .select(
                col(DuplicatesTable.DUPLICATE_ID),
                col(DuplicatesTable.IMAGE_ID).as(PAIR),
                col(DuplicatesTable.URI).as(TRAIN));
    Column differs = col(PAIR).notEqual(col(DuplicatesTable.IMAGE_ID));
    Column first = min(struct(differs.as(SIDE), col(TRAIN).as(TRAIN)));
    Dataset<Row> pairs =
        duplicates
            .where(isTest)
            .join(train, DuplicatesTable.DUPLICATE_ID)
            .groupBy(DuplicatesTable.DATASET, DuplicatesTable.URI)
            .agg(first.as(PHOTO), count(lit(1)).as(TRAIN_PHOTOS));
    return own(
        pairs
            .withColumn(TRAIN, col(PHOTO).getField(TRAIN))
            .withColumn(TEST, col(DuplicatesTable.URI)),
        when(col(PHOTO).getField(SIDE), lit(Kind.NEAR_PHOTO.label()))
            .otherwise(lit(Kind.EXACT_PHOTO.label())));
  }

  /**
   * One row for each pair of parts of identities, one a side, that is one person or may be. Parts
   * that just stand beside another one do not count.
   */
  public Dataset<Row> identities(Dataset<Row> matches, Dataset<Row> people) {
    Dataset<Row> faces = people.where(PeopleTable.isSomebody()).select(PeopleTable.FACE_ID);
    Dataset<Row> pairs =
        matches
            .where(
                col(MatchesTable.VERDICT)
                    .isin(MatchVerdict.SAME.label(), MatchVerdict.REVIEW.label()))
            .withColumn(PAIR, get(col(MatchesTable.BEST_PAIRS), lit(0)));
    Column isSame = col(MatchesTable.VERDICT).equalTo(MatchVerdict.SAME.label());
    Column kind =
        when(isSame, lit(Kind.SAME_IDENTITY.label())).otherwise(lit(Kind.REVIEW_IDENTITY.label()));
    return own(
        across(pairs, MatchesTable.DATASET_A, MatchesTable.DATASET_B)
            .withColumn(TRAIN, name(MatchesTable.DATASET_A, MatchesTable.IDENTITY_A))
            .withColumn(TEST, name(MatchesTable.DATASET_B, MatchesTable.IDENTITY_B))
            .union(
                across(pairs, MatchesTable.DATASET_B, MatchesTable.DATASET_A)
                    .withColumn(TRAIN, name(MatchesTable.DATASET_B, MatchesTable.IDENTITY_B))
                    .withColumn(TEST, name(MatchesTable.DATASET_A, MatchesTable.IDENTITY_A)))
            .join(
                faces,
                col(PAIR).getField(MatchesTable.FACE_A).equalTo(col(PeopleTable.FACE_ID)),
                "left_semi")
            .join(
                faces,
                col(PAIR).getField(MatchesTable.FACE_B).equalTo(col(PeopleTable.FACE_ID)),
                "left_semi"),
        kind);
  }

  private Dataset<Row> across(Dataset<Row> pairs, String train, String test) {
    return pairs
        .withColumn(PeopleTable.DATASET, col(train))
        .where(isTrain)
        .withColumn(PeopleTable.DATASET, col(test))
        .where(isTest);
  }

  private static Column name(String dataset, String identity) {
    return concat_ws("/", col(dataset), col(identity));
  }

  private static Dataset<Row> own(Dataset<Row> rows, Column kind) {
    List<String> there = List.of(rows.columns());
    return rows.withColumn(KIND, kind)
        .select(
            Stream.of(SCHEMA.fields())
                .map(
                    field ->
                        field.name().equals(KIND) || there.contains(field.name())
                            ? col(field.name())
                            : lit(null).cast(field.dataType()).as(field.name()))
                .toArray(Column[]::new));
  }
}
