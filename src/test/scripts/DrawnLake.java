import facelake.job.DrawnEmbeddings;
import facelake.match.EmbeddingBlock;
import facelake.spark.Sessions;
import facelake.table.FacesTable;
import facelake.table.ImagesTable;
import facelake.table.Lake;
import java.io.Serializable;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * {@code DrawnLake LAKE FACES FACES_OF_A_PERSON first|more}: what the script dedupe-scale runs.
 * Every second person stands in both datasets, with half of the faces in each; the others by turns
 * in one. Of the faces, {@code first} holds back 1,000, each of another person; {@code more} adds
 * them, and 9,000 faces of further people.
 */
public final class DrawnLake {
  private static final int BLOCK = 1000;
  private static final long SEED = 7;
  private static final int HELD_BACK = 1000;
  private static final int HELD_BACK_EVERY = 100;
  private static final int OF_FURTHER_PEOPLE = 9000;

  public static void main(String[] arguments) throws Exception {
    Lake lake = Lake.at(arguments[0]);
    int known = (Integer.parseInt(arguments[1]) + BLOCK - 1) / BLOCK;
    int facesOfAPerson = Integer.parseInt(arguments[2]);
    boolean more = arguments[3].equals("more");
    int blocks = more ? known + OF_FURTHER_PEOPLE / BLOCK : known;
    Drawn drawn = face -> (face >= (long) known * BLOCK || isHeldBack(face)) == more;
    try (SparkSession spark = Sessions.open("drawn lake")) {
      JavaRDD<Integer> numbers =
          JavaSparkContext.fromSparkContext(spark.sparkContext())
              .parallelize(IntStream.range(0, blocks).boxed().toList(), Math.max(8, blocks / 50));
      FacesTable.create(spark, lake)
          .append(
              spark.createDataFrame(
                  numbers.flatMap(block -> faces(block, facesOfAPerson, drawn)), FacesTable.SCHEMA));
      Dataset<Row> images =
          spark.createDataFrame(
              numbers.flatMap(block -> images(block, facesOfAPerson, drawn)), ImagesTable.SCHEMA);
      for (String dataset : List.of("left", "right")) {
        ImagesTable.create(spark, lake)
            .upsert(dataset, images.where(images.col(ImagesTable.DATASET).equalTo(dataset)));
      }
    }
  }

  private static Iterator<Row> faces(int block, int facesOfAPerson, Drawn drawn) {
    long from = (long) block * BLOCK;
    long[] faces = LongStream.range(from, from + BLOCK).filter(drawn).toArray();
    if (faces.length == 0) {
      return Collections.emptyIterator();
    }
    EmbeddingBlock embeddings = new DrawnEmbeddings(facesOfAPerson, SEED).block(from, BLOCK);
    return LongStream.of(faces)
        .mapToObj(face -> face(face, facesOfAPerson, embeddings.embedding((int) (face - from))))
        .iterator();
  }

  private static Iterator<Row> images(int block, int facesOfAPerson, Drawn drawn) {
    long from = (long) block * BLOCK;
    return LongStream.range(from, from + BLOCK)
        .filter(drawn)
        .mapToObj(face -> image(face, facesOfAPerson))
        .iterator();
  }

  private static boolean isHeldBack(long face) {
    return face % HELD_BACK_EVERY == 0 && face < HELD_BACK * HELD_BACK_EVERY;
  }

  /** A condition that travels to executors. */
  private interface Drawn extends LongPredicate, Serializable {}

  private static Row face(long face, int facesOfAPerson, float[] embedding) {
    Float[] boxed = new Float[embedding.length];
    Arrays.setAll(boxed, d -> embedding[d]);
    Map<String, Object> values = photo(face, facesOfAPerson);
    values.put(FacesTable.FACE_ID, "%032x".formatted(face * 0x9E3779B97F4A7C15L));
    values.put(FacesTable.IMAGE_WIDTH, 250);
    values.put(FacesTable.IMAGE_HEIGHT, 250);
    values.put(FacesTable.BOX, RowFactory.create(10, 10, 200, 200));
    values.put(FacesTable.BOX_SOURCE, "detector");
    values.put(FacesTable.LANDMARKS, new Row[] {RowFactory.create(1, 1)});
    values.put(FacesTable.SIZE, 190);
    values.put(FacesTable.SHARPNESS, 100f);
    values.put(FacesTable.POSE, RowFactory.create(0f, 0f));
    values.put(FacesTable.EMBEDDER, "drawn:000000000000");
    values.put(FacesTable.EMBEDDING, boxed);
    return row(FacesTable.SCHEMA, values);
  }

  private static Row image(long face, int facesOfAPerson) {
    Map<String, Object> values = photo(face, facesOfAPerson);
    values.put(ImagesTable.SOURCE, "file:/drawn");
    values.put(ImagesTable.SOURCE_VERSION, "1");
    values.put(ImagesTable.BYTES, 10_000L);
    values.put(ImagesTable.WIDTH, 250);
    values.put(ImagesTable.HEIGHT, 250);
    values.put(ImagesTable.FORMAT, "jpeg");
    values.put(ImagesTable.PERCEPTUAL_HASH, new Random(face).nextLong());
    values.put(ImagesTable.STATUS, "ok");
    values.put(ImagesTable.FACES, 1);
    values.put(ImagesTable.PROCESSED_AT, Instant.EPOCH);
    return row(ImagesTable.SCHEMA, values);
  }

  /** What a photo and its face have in common. */
  private static Map<String, Object> photo(long face, int facesOfAPerson) {
    long person = face / facesOfAPerson;
    boolean inBoth = person % 2 == 0;
    boolean left = inBoth ? face % facesOfAPerson < facesOfAPerson / 2 : person % 4 == 1;
    Map<String, Object> values = new HashMap<>();
    values.put(FacesTable.DATASET, left ? "left" : "right");
    values.put(FacesTable.URI, "file:/drawn/" + face + ".jpg");
    values.put(FacesTable.IMAGE_ID, "%064x".formatted(face));
    values.put(FacesTable.IDENTITY, (left ? "l" : "r") + person);
    values.put(FacesTable.PIPELINE, "drawn");
    values.put(FacesTable.RUN_ID, "drawn");
    return values;
  }

  private static Row row(StructType schema, Map<String, Object> values) {
    return RowFactory.create(
        Arrays.stream(schema.fields()).map(StructField::name).map(values::get).toArray());
  }
}
