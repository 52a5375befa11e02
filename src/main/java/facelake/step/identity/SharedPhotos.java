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
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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

  /** The pairs of the parts that have a copy of one photo; each part may have several. */
  private static Iterator<Row> pairs(List<Row> standing) {
    Map<Long, Set<String>> proofs = new TreeMap<>();
    for (Row row : standing) {
      Set<String> images = proofs.computeIfAbsent(row.getLong(0), part -> new HashSet<>());
      if (row.getBoolean(2)) {
        images.add(row.getString(1));
      }
    }
    List<Long> parts = List.copyOf(proofs.keySet());
    int partners = parts.size() > MOST_OF_ALL_PAIRS ? 1 : parts.size();
    List<Row> pairs = new ArrayList<>();
    for (int i = 0; i < partners; i++) {
      for (Long other : parts.subList(i + 1, parts.size())) {
        boolean copy = !Collections.disjoint(proofs.get(parts.get(i)), proofs.get(other));
        pairs.add(RowFactory.create(parts.get(i), other, copy));
      }
    }
    return pairs.iterator();
  }
}
