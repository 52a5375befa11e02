package facelake.step.identity;

import static org.apache.spark.sql.functions.col;

import facelake.match.CrossDistances;
import facelake.match.EmbeddingBlock;
import facelake.table.EmbeddingColumn;
import facelake.table.MatchesTable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Looks at the faces of pairs of parts: their distances, photos that show both, and gender. Of a
 * part with more than 32 faces, 32 that are spread evenly are measured.
 */
public final class PairEvidence {
  private static final int BEST_PAIRS = 3;

  /** Numbers of the two parts and the columns of {@link MatchesTable} that come from the faces. */
  public static final StructType SCHEMA =
      new StructType()
          .add(ScoredPairs.A, DataTypes.LongType, false)
          .add(ScoredPairs.B, DataTypes.LongType, false)
          .add(MatchesTable.SCHEMA.apply(MatchesTable.PAIRS))
          .add(MatchesTable.SCHEMA.apply(MatchesTable.PAIRS_NEAR))
          .add(MatchesTable.SCHEMA.apply(MatchesTable.DISTANCE_MIN))
          .add(MatchesTable.SCHEMA.apply(MatchesTable.DISTANCE_MEDIAN))
          .add(MatchesTable.SCHEMA.apply(MatchesTable.DISTANCE_MEAN))
          .add(MatchesTable.SCHEMA.apply(MatchesTable.DISTANCE_MEDOID))
          .add(MatchesTable.SCHEMA.apply(MatchesTable.SAME_PHOTO))
          .add(MatchesTable.SCHEMA.apply(MatchesTable.GENDER_AGREEMENT))
          .add(MatchesTable.SCHEMA.apply(MatchesTable.BEST_PAIRS));

  private static final List<String> TAKEN =
      List.of(PartRows.SHOWN, PartRows.LIMIT, PartRows.PHOTOS, PartRows.MALE, PartRows.DATASET);

  private PairEvidence() {}

  /**
   * The evidence for each pair, rows of {@link #SCHEMA}.
   *
   * @param pairs with the columns a and b of {@link ScoredPairs}, each pair once
   * @param parts rows of {@link PartRows}
   */
  public static Dataset<Row> of(Dataset<Row> pairs, Dataset<Row> parts) {
    return pairs
        .select(ScoredPairs.A, ScoredPairs.B)
        .join(side(parts, ScoredPairs.A), ScoredPairs.A)
        .join(side(parts, ScoredPairs.B), ScoredPairs.B)
        .map((MapFunction<Row, Row>) PairEvidence::row, Encoders.row(SCHEMA));
  }

  private static Dataset<Row> side(Dataset<Row> parts, String side) {
    Column[] columns =
        Stream.concat(
                Stream.of(col(PartRows.NUMBER).as(side)),
                TAKEN.stream().map(name -> col(name).as(named(name, side))))
            .toArray(Column[]::new);
    return parts.select(columns);
  }

  private static String named(String column, String side) {
    return column + "_" + side;
  }

  private static Row row(Row pair) {
    Side a = Side.of(pair, ScoredPairs.A);
    Side b = Side.of(pair, ScoredPairs.B);
    CrossDistances distances =
        CrossDistances.between(
            a.embeddings(), b.embeddings(), (a.limit() + b.limit()) / 2, BEST_PAIRS);
    return RowFactory.create(
        pair.<Long>getAs(ScoredPairs.A),
        pair.<Long>getAs(ScoredPairs.B),
        distances.pairs(),
        distances.near(),
        distances.smallest(),
        distances.median(),
        distances.mean(),
        distances.medoids(),
        a.photosWith(b),
        a.genderAgreement(b),
        distances.best().stream()
            .map(
                best ->
                    RowFactory.create(
                        a.faceIds().get(best.left()),
                        b.faceIds().get(best.right()),
                        best.distance()))
            .toArray(Row[]::new));
  }

  private record Side(
      String dataset,
      List<String> faceIds,
      EmbeddingBlock embeddings,
      double limit,
      List<Long> photos,
      Double male) {
    static Side of(Row pair, String side) {
      List<Row> shown = pair.getList(pair.fieldIndex(named(PartRows.SHOWN, side)));
      return new Side(
          pair.getAs(named(PartRows.DATASET, side)),
          shown.stream().map(face -> face.getString(0)).toList(),
          EmbeddingBlock.of(shown.stream().map(face -> EmbeddingColumn.ofBytes(face, 1)).toList()),
          pair.<Double>getAs(named(PartRows.LIMIT, side)),
          pair.getList(pair.fieldIndex(named(PartRows.PHOTOS, side))),
          pair.getAs(named(PartRows.MALE, side)));
    }

    int photosWith(Side other) {
      if (!dataset.equals(other.dataset)) {
        return 0;
      }
      Set<Long> own = new HashSet<>(photos);
      return (int) other.photos.stream().filter(own::contains).count();
    }

    Double genderAgreement(Side other) {
      return male == null || other.male == null ? null : 1 - Math.abs(male - other.male);
    }
  }
}
