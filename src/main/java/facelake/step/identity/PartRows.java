package facelake.step.identity;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.xxhash64;

import facelake.table.IdentityPartsTable;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Rows of parts: what is known of each part of each identity of a run. Those of {@link
 * IdentityPartsTable} that hold for the run, and a number for each.
 */
public final class PartRows {
  /** Unique, ascending in order of dataset, identity and part; not consecutive. */
  public static final String NUMBER = "number";

  public static final String DATASET = IdentityPartsTable.DATASET;
  public static final String IDENTITY = IdentityPartsTable.IDENTITY;

  /** Whether the identity is a label of the dataset; else it is a cluster of unlabelled faces. */
  public static final String LABELLED = IdentityPartsTable.LABELLED;

  /** 0 is the main part, which has most of the faces; where no part has, there is no part 0. */
  public static final String PART = IdentityPartsTable.PART;

  /** Faces of the part. */
  public static final String SIZE = IdentityPartsTable.SIZE;

  /** A number for dataset and identity. */
  public static final String KEY = IdentityPartsTable.KEY;

  /** Mean of the embeddings. */
  public static final String MEAN = IdentityPartsTable.MEAN;

  /** How near strangers come to the mean: the mean of their distances. */
  public static final String NEAR_MEAN = IdentityPartsTable.NEAR_MEAN;

  /** The deviation of their distances. */
  public static final String NEAR_DEVIATION = IdentityPartsTable.NEAR_DEVIATION;

  /** Two single faces of the identity are nearer than this. */
  public static final String LIMIT = IdentityPartsTable.LIMIT_DISTANCE;

  /** Mean male probability, null without labels. */
  public static final String MALE = IdentityPartsTable.MALE;

  /** A number for each photo of the part. */
  public static final String PHOTOS = IdentityPartsTable.PHOTOS;

  /** A few faces, spread evenly, with their embeddings. */
  public static final String SHOWN = IdentityPartsTable.SHOWN;

  /** All faces. */
  public static final String FACES = IdentityPartsTable.FACES;

  /** How alike the two halves of the part are; null where none were made. */
  public static final String HALVES = IdentityPartsTable.HALVES;

  static final String FACE_ID = IdentityPartsTable.FACE_ID;
  static final String URI = IdentityPartsTable.URI;
  static final String ROLE = IdentityPartsTable.ROLE;

  /** Distance of a face to the mean of the identity's first part, the main one if there is one. */
  public static final String DISTANCE = IdentityPartsTable.DISTANCE;

  static final String NORMALISED = IdentityPartsTable.NORMALISED;
  static final String OTHER_SIZE = IdentityPartsTable.OTHER_SIZE;

  /** What a run measures: the columns of the table without cohort and run. */
  static final StructType MEASURED =
      new StructType(
          Arrays.stream(IdentityPartsTable.SCHEMA.fields())
              .filter(field -> !field.name().equals(IdentityPartsTable.COHORT))
              .filter(field -> !field.name().equals(IdentityPartsTable.RUN_ID))
              .toArray(StructField[]::new));

  /** The number of a part, and what was measured of it. */
  public static final StructType SCHEMA =
      new StructType(
          Stream.concat(
                  Stream.of(new StructType().add(NUMBER, DataTypes.LongType, false).apply(0)),
                  Arrays.stream(MEASURED.fields()))
              .toArray(StructField[]::new));

  private PartRows() {}

  /**
   * A number for the part, its faces and all that was said of them, the same in every run that cuts
   * it so.
   */
  static Column id() {
    return xxhash64(col(KEY), col(IdentityPartsTable.FINGERPRINT), col(PART));
  }
}
