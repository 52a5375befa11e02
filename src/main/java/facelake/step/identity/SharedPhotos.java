package facelake.step.identity;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;

import facelake.table.DuplicatesTable;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Which parts have copies of the same photos. */
public final class SharedPhotos {
  /** Photos of one side of which the other has a copy. */
  public static final String SHARED = "shared";

  /**
   * Whether one of these copies is exact and shows one face: both parts then are that face. False
   * where one dataset has the photo under two identities: one of these labels is wrong.
   */
  public static final String COPY = "copy";

  /**
   * Photos that more stand under, pictures that mean "no photo" most of all, pair the first of them
   * with each other one only.
   */
  private static final int MOST_OF_ALL_PAIRS = 64;

  private static final StructType PAIRS =
      new StructType()
          .add(ScoredPairs.A, DataTypes.LongType, false)
          .add(ScoredPairs.B, DataTypes.LongType, false)
          .add(COPY, DataTypes.BooleanType, false);

  private static final String STANDING = "standing";
  private static final String FACES_THERE = "faces_there";
  private static final String FACE = "face";

  private SharedPhotos() {}

  /**
   * Pairs of parts, with columns a and b as in {@link ScoredPairs}, {@link #SHARED} and {@link
   * #COPY}.
   *
   * @param duplicates rows of {@link DuplicatesTable}
   * @param parts rows of {@link PartRows}
   */
  public static Dataset<Row> of(Dataset<Row> duplicates, Dataset<Row> parts) {
    Dataset<Row> faces =
        parts
            .select(
                col(PartRows.NUMBER),
                col(PartRows.DATASET),
                col(PartRows.PART),
                explode(col(PartRows.FACES)).as(FACE))
            .select(
                col(PartRows.NUMBER),
                col(PartRows.DATASET),
                col(PartRows.PART),
                col(FACE + "." + PartRows.URI).as(PartRows.URI));
    Dataset<Row> photos =
        duplicates
            .select(
                DuplicatesTable.DUPLICATE_ID,
                DuplicatesTable.DATASET,
                DuplicatesTable.URI,
                DuplicatesTable.IMAGE_ID,
                DuplicatesTable.CONFLICT)
            .join(faces, new String[] {DuplicatesTable.DATASET, DuplicatesTable.URI})
            .withColumn(
                FACES_THERE,
                count(lit(1))
                    .over(Window.partitionBy(DuplicatesTable.DATASET, DuplicatesTable.URI)));
    // Of a photo with several faces, only the people that it is labelled with are known to be
    // there.
    Dataset<Row> known =
        photos.where(col(FACES_THERE).equalTo(1).or(col(PartRows.PART).equalTo(0)));
    return pairs(known);
  }

  private static Dataset<Row> pairs(Dataset<Row> photos) {
    return photos
        .groupBy(DuplicatesTable.DUPLICATE_ID)
        .agg(
            sort_array(
                    collect_set(
                        struct(
                            col(PartRows.NUMBER),
                            col(DuplicatesTable.IMAGE_ID),
                            col(FACES_THERE).equalTo(1).and(not(col(DuplicatesTable.CONFLICT))))))
                .as(STANDING))
        .flatMap(
            (FlatMapFunction<Row, Row>) photo -> pairs(photo.<Row>getList(1)), Encoders.row(PAIRS))
        .groupBy(ScoredPairs.A, ScoredPairs.B)
        .agg(count(lit(1)).cast("int").as(SHARED), max(COPY).as(COPY));
  }

  /** The pairs of the parts that have a copy of one photo. */
  private static Iterator<Row> pairs(List<Row> standing) {
    Map<List<Long>, Boolean> pairs = new LinkedHashMap<>();
    int partners = standing.size() > MOST_OF_ALL_PAIRS ? 1 : standing.size();
    for (int i = 0; i < partners; i++) {
      for (int j = i + 1; j < standing.size(); j++) {
        Row one = standing.get(i);
        Row other = standing.get(j);
        boolean copy =
            one.getString(1).equals(other.getString(1)) && one.getBoolean(2) && other.getBoolean(2);
        if (one.getLong(0) != other.getLong(0)) {
          pairs.merge(List.of(one.getLong(0), other.getLong(0)), copy, Boolean::logicalOr);
        }
      }
    }
    return pairs.entrySet().stream()
        .map(pair -> RowFactory.create(pair.getKey().get(0), pair.getKey().get(1), pair.getValue()))
        .iterator();
  }
}
