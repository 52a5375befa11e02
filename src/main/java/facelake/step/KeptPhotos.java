package facelake.step;

import facelake.match.CopyRule;
import facelake.match.EmbeddingBlock;
import facelake.spark.Iterators;
import facelake.table.ImagesTable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Chooses among photos those to keep: one row a photo, in the order of their numbers.
 *
 * <p>The best photo is kept. Each next one is a copy of that kept photo to which it is nearest, or
 * is kept itself where it is a copy of none. So every copy was compared with the photo that is kept
 * in its place, and a chain of copies of copies joins no photos that differ. Holds the kept photos
 * in memory.
 */
final class KeptPhotos implements FlatMapGroupsFunction<Long, Row, Row> {
  private static final long serialVersionUID = 1L;

  static final String NUMBER = DistinctPhotos.NUMBER;
  static final String KEPT_NUMBER = "kept_number";
  static final String KEPT = "kept";
  static final String BITS = NearHashes.BITS;
  static final String DISTANCE = "distance";

  /** A photo, the one that is kept in its place (itself perhaps), and how they differ. */
  static final StructType SCHEMA =
      new StructType()
          .add(NUMBER, DataTypes.LongType, false)
          .add(KEPT_NUMBER, DataTypes.LongType, false)
          .add(ImagesTable.IMAGE_ID, DataTypes.StringType, false)
          .add(KEPT, DataTypes.StringType, false)
          .add(BITS, DataTypes.IntegerType, false)
          .add(DISTANCE, DataTypes.FloatType);

  private final CopyRule rule;

  KeptPhotos(CopyRule rule) {
    this.rule = rule;
  }

  @Override
  public Iterator<Row> call(Long group, Iterator<Row> photos) {
    List<Photo> kept = new ArrayList<>();
    return Iterators.map(photos, row -> choose(Photo.of(row), kept));
  }

  private Row choose(Photo photo, List<Photo> kept) {
    Photo nearest = null;
    int fewest = Integer.MAX_VALUE;
    double distance = Double.NaN;
    for (Photo other : kept) {
      int bits = Long.bitCount(photo.hash ^ other.hash);
      if (bits < fewest && bits <= rule.bits()) {
        double farthest = CopyRule.farthest(photo.faces, other.faces);
        if (rule.holds(bits, farthest)) {
          nearest = other;
          fewest = bits;
          distance = farthest;
        }
      }
    }
    if (nearest == null) {
      kept.add(photo);
      return row(photo, photo, 0, Double.NaN);
    }
    return row(photo, nearest, fewest, distance);
  }

  private static Row row(Photo photo, Photo kept, int bits, double distance) {
    return RowFactory.create(
        photo.number,
        kept.number,
        photo.imageId,
        kept.imageId,
        bits,
        Double.isNaN(distance) ? null : (float) distance);
  }

  /** A row of {@link DistinctPhotos#SCHEMA}. */
  private record Photo(long number, String imageId, long hash, EmbeddingBlock faces) {
    static Photo of(Row row) {
      return new Photo(
          row.getAs(NUMBER),
          row.getAs(ImagesTable.IMAGE_ID),
          row.getAs(DistinctPhotos.HASH),
          DistinctPhotos.faces(row, row.fieldIndex(DistinctPhotos.FACES)));
    }
  }
}
