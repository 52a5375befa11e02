package facelake.step.identity;

import static org.apache.spark.sql.functions.col;

import facelake.match.EmbeddingBlock;
import facelake.table.EmbeddingColumn;
import java.util.List;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** The distances of given pairs of parts, however far they are from each other. */
public final class MeanDistances {
  private MeanDistances() {}

  /**
   * Rows of {@link NearParts#SCHEMA}.
   *
   * @param pairs numbers a and b of two parts, the smaller first
   * @param parts rows of {@link PartRows}
   */
  public static Dataset<Row> of(Dataset<Row> pairs, Dataset<Row> parts) {
    return pairs
        .select(NearParts.A, NearParts.B)
        .join(
            parts.select(col(PartRows.NUMBER).as(NearParts.A), col(PartRows.MEAN).as("mean_a")),
            NearParts.A)
        .join(
            parts.select(col(PartRows.NUMBER).as(NearParts.B), col(PartRows.MEAN).as("mean_b")),
            NearParts.B)
        .select(NearParts.A, NearParts.B, "mean_a", "mean_b")
        .map(
            (MapFunction<Row, Row>)
                pair ->
                    RowFactory.create(
                        pair.getLong(0),
                        pair.getLong(1),
                        // Through a float, as the scan of all pairs hands them out.
                        (double)
                            (float)
                                EmbeddingBlock.of(List.of(EmbeddingColumn.floats(pair, 2)))
                                    .distance(
                                        0,
                                        EmbeddingBlock.of(List.of(EmbeddingColumn.floats(pair, 3))),
                                        0)),
            Encoders.row(NearParts.SCHEMA));
  }
}
