package facelake.step.tag;

import facelake.match.EmbeddingBlock;
import facelake.match.PairList;
import facelake.match.PairScan;
import facelake.spark.Iterators;
import facelake.spark.TaskScope;
import facelake.table.EmbeddingColumn;
import facelake.table.FacesTable;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The faces of a lake that are near some others, which are few.
 *
 * @param asked embeddings of those others
 * @param numbers by which they are told, one for each
 * @param threshold over 0; a face at a smaller distance is near
 */
public record LikeFaces(EmbeddingBlock asked, int[] numbers, double threshold)
    implements Serializable {
  public static final String NUMBER = "face";
  public static final String DISTANCE = "distance";

  /** The number of the one that was asked for, a face that is near it, and how near. */
  public static final StructType SCHEMA =
      new StructType()
          .add(NUMBER, DataTypes.IntegerType, false)
          .add(DISTANCE, DataTypes.FloatType, false)
          .add(FacesTable.SCHEMA.apply(FacesTable.FACE_ID))
          .add(FacesTable.SCHEMA.apply(FacesTable.DATASET))
          .add(FacesTable.SCHEMA.apply(FacesTable.IDENTITY))
          .add(FacesTable.SCHEMA.apply(FacesTable.URI));

  private static final int BLOCK = 1024;

  /**
   * Rows of {@link #SCHEMA}.
   *
   * @param faces rows of {@link FacesTable}, of the embedder of those that are asked for
   */
  public Dataset<Row> among(Dataset<Row> faces) {
    return faces
        .select(
            FacesTable.FACE_ID,
            FacesTable.DATASET,
            FacesTable.IDENTITY,
            FacesTable.URI,
            FacesTable.EMBEDDING)
        .mapPartitions((MapPartitionsFunction<Row, Row>) this::near, Encoders.row(SCHEMA));
  }

  private Iterator<Row> near(Iterator<Row> faces) {
    PairScan scan = new PairScan(threshold, asked.dimensions());
    TaskScope.onCompletion(scan);
    return Iterators.flatMap(Iterators.chunks(faces, BLOCK), block -> near(scan, block));
  }

  private Iterator<Row> near(PairScan scan, List<Row> faces) {
    PairList near =
        scan.between(
            asked,
            EmbeddingBlock.of(faces.stream().map(row -> EmbeddingColumn.floats(row, 4)).toList()));
    return IntStream.range(0, near.size())
        .mapToObj(
            pair -> {
              Row face = faces.get(near.right(pair));
              return RowFactory.create(
                  numbers[near.left(pair)],
                  near.distance(pair),
                  face.get(0),
                  face.get(1),
                  face.get(2),
                  face.get(3));
            })
        .iterator();
  }
}
