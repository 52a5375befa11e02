package facelake.step.identity;

import facelake.table.FacesTable;
import facelake.table.PeopleTable;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Rows of parts: what is known of each part of each identity. */
public final class PartRows {
  /** Unique, ascending in order of dataset, identity and part; not consecutive. */
  public static final String NUMBER = "number";

  public static final String DATASET = FacesTable.DATASET;
  public static final String IDENTITY = FacesTable.IDENTITY;

  /** Whether the identity is a label of the dataset; else it is a cluster of unlabelled faces. */
  public static final String LABELLED = "labelled";

  /** 0 is the main part, which has most of the faces; where no part has, there is no part 0. */
  public static final String PART = "part";

  /** Faces of the part. */
  public static final String SIZE = "size";

  /** A number for dataset and identity. */
  public static final String KEY = "key";

  /** Mean of the embeddings. */
  public static final String MEAN = "mean";

  /** How near strangers come to the mean: the mean of their distances. */
  public static final String NEAR_MEAN = "near_mean";

  /** The deviation of their distances. */
  public static final String NEAR_DEVIATION = "near_deviation";

  /** Two single faces of the identity are nearer than this. */
  public static final String LIMIT = "limit_distance";

  /** Mean male probability, null without labels. */
  public static final String MALE = "male";

  /** A number for each photo of the part. */
  public static final String PHOTOS = "photos";

  /** A few faces, spread evenly, with their embeddings. */
  public static final String SHOWN = "shown";

  /** All faces. */
  public static final String FACES = "faces";

  /** How alike the two halves of the part are; null where none were made. */
  public static final String HALVES = "halves";

  static final String FACE_ID = FacesTable.FACE_ID;
  static final String URI = FacesTable.URI;
  static final String ROLE = PeopleTable.ROLE;

  /** Distance of a face to the mean of the identity's main part. */
  public static final String DISTANCE = "distance";

  static final String NORMALISED = "normalised";
  static final String OTHER_SIZE = "other_size";
  static final String EMBEDDING = FacesTable.EMBEDDING;

  private static final DataType EMBEDDING_TYPE =
      DataTypes.createArrayType(DataTypes.FloatType, false);

  /** A face of {@link #SHOWN}. */
  static final StructType SHOWN_FACE =
      new StructType()
          .add(FACE_ID, DataTypes.StringType, false)
          .add(EMBEDDING, EMBEDDING_TYPE, false);

  /** A face of {@link #FACES}. */
  static final StructType FACE =
      new StructType()
          .add(FACE_ID, DataTypes.StringType, false)
          .add(URI, DataTypes.StringType, false)
          .add(ROLE, DataTypes.StringType, false)
          .add(DISTANCE, DataTypes.DoubleType, false);

  private static final StructType HALVES_TYPE =
      new StructType()
          .add(DISTANCE, DataTypes.DoubleType, false)
          .add(NORMALISED, DataTypes.DoubleType, false)
          .add(SIZE, DataTypes.IntegerType, false)
          .add(OTHER_SIZE, DataTypes.IntegerType, false);

  static final StructType SCHEMA =
      new StructType()
          .add(NUMBER, DataTypes.LongType, false)
          .add(DATASET, DataTypes.StringType, false)
          .add(IDENTITY, DataTypes.StringType, false)
          .add(LABELLED, DataTypes.BooleanType, false)
          .add(PART, DataTypes.IntegerType, false)
          .add(SIZE, DataTypes.IntegerType, false)
          .add(KEY, DataTypes.LongType, false)
          .add(MEAN, EMBEDDING_TYPE, false)
          .add(NEAR_MEAN, DataTypes.DoubleType, false)
          .add(NEAR_DEVIATION, DataTypes.DoubleType, false)
          .add(LIMIT, DataTypes.DoubleType, false)
          .add(MALE, DataTypes.DoubleType, true)
          .add(PHOTOS, DataTypes.createArrayType(DataTypes.LongType, false), false)
          .add(SHOWN, DataTypes.createArrayType(SHOWN_FACE, false), false)
          .add(FACES, DataTypes.createArrayType(FACE, false), false)
          .add(HALVES, HALVES_TYPE, true);

  private PartRows() {}
}
