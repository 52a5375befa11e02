package facelake.step.identity;

import static org.apache.spark.sql.functions.col;

import facelake.table.EmbeddingColumn;
import facelake.table.FacesTable;
import facelake.table.IdentityPartsTable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The faces that have an identity, and their embeddings apart from them: these are most of the
 * bytes, and few of them are needed where most identities are known.
 *
 * @param rows of {@link #SCHEMA}
 * @param embeddings rows of {@link FacesTable} with these faces and perhaps others
 */
public record LabelledFaces(Dataset<Row> rows, Dataset<Row> embeddings) {
  /** Whether a person said that the label of the face is wrong, but not what is right. */
  public static final String MISPLACED = "misplaced";

  /** Face ids of other people, as a person said; null for none. */
  public static final String APART = "apart";

  /** Columns of {@link FacesTable} and what is said of the face; identity is never null. */
  public static final StructType SCHEMA =
      new StructType()
          .add(FacesTable.SCHEMA.apply(FacesTable.DATASET))
          .add(FacesTable.IDENTITY, DataTypes.StringType, false)
          .add(FacesTable.SCHEMA.apply(FacesTable.FACE_ID))
          .add(FacesTable.SCHEMA.apply(FacesTable.RUN_ID))
          .add(FacesTable.SCHEMA.apply(FacesTable.URI))
          .add(FacesTable.SCHEMA.apply(FacesTable.SIZE))
          .add(FacesTable.SCHEMA.apply(FacesTable.MALE_PROBABILITY))
          .add(IdentityPartsTable.LABELLED, DataTypes.BooleanType, false)
          .add(MISPLACED, DataTypes.BooleanType, false)
          .add(APART, DataTypes.createArrayType(DataTypes.StringType), true);

  /**
   * Those of some faces that have an identity.
   *
   * @param faces with the columns of {@link #SCHEMA}
   * @param embeddings rows of {@link FacesTable} with these faces and perhaps others
   */
  public static LabelledFaces of(Dataset<Row> faces, Dataset<Row> embeddings) {
    return new LabelledFaces(faces.where(col(FacesTable.IDENTITY).isNotNull()), embeddings);
  }

  /**
   * The faces of some identities: the columns of {@link #SCHEMA} and of {@link IdentityList}, and
   * the embedding.
   *
   * @param identities rows of {@link IdentityList}
   * @param count number of their faces
   */
  Dataset<Row> of(Dataset<Row> identities, long count) {
    return withEmbeddings(
        rows.join(
            identities.select(
                IdentityList.DATASET,
                IdentityList.IDENTITY,
                IdentityList.KEY,
                IdentityList.FINGERPRINT),
            new String[] {FacesTable.DATASET, FacesTable.IDENTITY}),
        count);
  }

  /** These faces with their embeddings. */
  Dataset<Row> withEmbeddings(Dataset<Row> faces, long count) {
    return embeddings
        .select(FacesTable.FACE_ID, FacesTable.RUN_ID, FacesTable.EMBEDDING)
        .join(
            EmbeddingColumn.wanted(faces, count),
            new String[] {FacesTable.FACE_ID, FacesTable.RUN_ID});
  }
}
