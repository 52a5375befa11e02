package facelake.step.identity;

import static org.apache.spark.sql.functions.bit_xor;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import facelake.spark.Stored;
import facelake.table.FacesTable;
import facelake.table.IdentityPartsTable;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The identities of a run, one row for each, without their embeddings. */
public final class IdentityList {
  public static final String DATASET = IdentityPartsTable.DATASET;
  public static final String IDENTITY = IdentityPartsTable.IDENTITY;

  /** A number for dataset and identity. */
  public static final String KEY = IdentityPartsTable.KEY;

  /**
   * A number for the faces of the identity and all that cuts them: another one whenever a face
   * came, went, was indexed anew or was decided on.
   */
  public static final String FINGERPRINT = IdentityPartsTable.FINGERPRINT;

  /** Number of faces. */
  public static final String FACES = "faces";

  /** The number of the identity's first part; parts count on from there. */
  public static final String FIRST = "first";

  /** No identity has as many parts. */
  private static final long MOST_PARTS = 1L << 24;

  public static final StructType SCHEMA =
      new StructType()
          .add(DATASET, DataTypes.StringType, false)
          .add(IDENTITY, DataTypes.StringType, false)
          .add(KEY, DataTypes.LongType, false)
          .add(FINGERPRINT, DataTypes.LongType, false)
          .add(FACES, DataTypes.LongType, false)
          .add(FIRST, DataTypes.LongType, false);

  private IdentityList() {}

  /**
   * The identities, rows of {@link #SCHEMA}, written to a folder.
   *
   * @param faces rows of {@link LabelledFaces#SCHEMA}
   * @param folder URI of a new folder that all executors reach; the caller removes it
   */
  public static Dataset<Row> of(Dataset<Row> faces, String folder) {
    JavaRDD<Row> numbered =
        faces
            .groupBy(DATASET, IDENTITY)
            .agg(
                count(lit(1)).as(FACES),
                // Of unique faces in any order; an identity never has one twice.
                bit_xor(
                        xxhash64(
                            col(FacesTable.FACE_ID),
                            col(FacesTable.RUN_ID),
                            col(FacesTable.URI),
                            col(FacesTable.SIZE),
                            col(FacesTable.MALE_PROBABILITY),
                            col(PartRows.LABELLED),
                            col(LabelledFaces.MISPLACED),
                            col(LabelledFaces.APART)))
                    .as(FINGERPRINT))
            .select(
                col(DATASET),
                col(IDENTITY),
                xxhash64(col(DATASET), col(IDENTITY)).as(KEY),
                xxhash64(col(FINGERPRINT), col(FACES), col(DATASET), col(IDENTITY)).as(FINGERPRINT),
                col(FACES))
            .orderBy(DATASET, IDENTITY)
            .javaRDD()
            .zipWithIndex()
            .map(
                identity ->
                    RowFactory.create(
                        identity._1().get(0),
                        identity._1().get(1),
                        identity._1().get(2),
                        identity._1().get(3),
                        identity._1().get(4),
                        identity._2() * MOST_PARTS));
    return Stored.rows(faces.sparkSession().createDataFrame(numbered, SCHEMA), folder);
  }
}
