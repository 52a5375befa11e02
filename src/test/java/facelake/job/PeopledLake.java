package facelake.job;

import facelake.table.FacesTable;
import facelake.table.ImagesTable;
import facelake.table.Lake;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Images and faces of people who are far apart: photos of one person are at 0.3, people at 2. The
 * face of photo N of person P lies at the same place in every dataset.
 */
final class PeopledLake {
  /** How many people are {@link #ofThreeDatasets}. */
  static final int PEOPLE = 12;

  private final List<Row> images = new ArrayList<>();
  private final List<Row> faces = new ArrayList<>();
  private Float maleProbability;
  private String embedder = "resnet-v1:0123456789ab";
  private String run = "run";

  /**
   * People 0 to 7 in dataset {@code a} and 4 to 11 in {@code b}, labelled, and photos of one of
   * them in {@code c}, without labels; with what a dataset has of faults.
   */
  static PeopledLake ofThreeDatasets() {
    PeopledLake people = new PeopledLake();
    for (int person = 0; person < 7; person++) {
      people.maleProbability(person == 2 ? 0.99f : null);
      people.person("a", "a" + person, person, 0, 4);
    }
    // One face of a man looks like a woman's.
    people.maleProbability(0.99f).person("a", "a7", 7, 0, 3);
    people.maleProbability(0.01f).person("a", "a7", 7, 3, 4).maleProbability(null);
    for (int person = 4; person < PEOPLE; person++) {
      people.person("b", "b" + person, person, 4, 8);
    }
    return people
        // A photo of person 1 under the name of person 0.
        .photo("a", "a0", "file:/a/wrong.jpg", "wrong", 1, 9)
        // Person 3, a woman, beside person 2, a man.
        .maleProbability(0.01f)
        .beside("a", "a2", uri("a", 2, 0), 3)
        .maleProbability(null)
        // The same file in both datasets, of person 5.
        .photo("a", "a5", "file:/a/copy.jpg", "copy", 5, 20)
        .photo("b", "b5", "file:/b/copy.jpg", "copy", 5, 20)
        // Unlabelled photos of person 6.
        .person("c", null, 6, 10, 13);
  }

  /** The faces that follow are of another embedder. */
  PeopledLake embedder(String name) {
    embedder = name;
    return this;
  }

  /** The photos that follow are indexed by another run. */
  PeopledLake run(String id) {
    run = id;
    return this;
  }

  /** The faces that follow look like this; null for no answer. */
  PeopledLake maleProbability(Float probability) {
    maleProbability = probability;
    return this;
  }

  /** Photos {@code from} to {@code to - 1} of a person, under an identity or null. */
  PeopledLake person(String dataset, String identity, int person, int from, int to) {
    for (int photo = from; photo < to; photo++) {
      String name = uri(dataset, person, photo);
      photo(dataset, identity, name, "bytes of " + name, person, photo);
    }
    return this;
  }

  /** One photo of a person with bytes of its own. */
  PeopledLake photo(
      String dataset, String identity, String uri, String bytes, int person, int photo) {
    images.add(image(dataset, uri, identity, bytes));
    faces.add(face(dataset, uri, identity, bytes, person, photo, 0));
    return this;
  }

  /** A second, smaller face in a photo that is there already. */
  PeopledLake beside(String dataset, String identity, String uri, int person) {
    faces.add(face(dataset, uri, identity, "bytes of " + uri, person, 1000, 1));
    return this;
  }

  static String uri(String dataset, int person, int photo) {
    return "file:/" + dataset + "/" + person + "/" + photo + ".jpg";
  }

  static String faceId(String uri) {
    return "face 0 of " + uri;
  }

  /** Adds all rows so far to a lake, in an order and so many pieces. */
  Lake into(SparkSession spark, Lake lake, int partitions, long order) {
    Collections.shuffle(faces, new Random(order));
    FacesTable.create(spark, lake)
        .append(spark.createDataFrame(faces, FacesTable.SCHEMA).repartition(partitions));
    images.stream()
        .map(image -> image.getString(0))
        .distinct()
        .forEach(
            dataset ->
                ImagesTable.create(spark, lake)
                    .upsert(
                        dataset,
                        spark.createDataFrame(
                            images.stream().filter(i -> i.getString(0).equals(dataset)).toList(),
                            ImagesTable.SCHEMA)));
    return lake;
  }

  private Row image(String dataset, String uri, String identity, String bytes) {
    Map<String, Object> values = new HashMap<>();
    values.put(ImagesTable.DATASET, dataset);
    values.put(ImagesTable.URI, uri);
    values.put(ImagesTable.SOURCE, "file:/");
    values.put(ImagesTable.SOURCE_VERSION, "1");
    values.put(ImagesTable.IMAGE_ID, bytes);
    values.put(ImagesTable.IDENTITY, identity);
    values.put(ImagesTable.WIDTH, 100);
    values.put(ImagesTable.HEIGHT, 100);
    values.put(ImagesTable.BYTES, 1000L);
    values.put(ImagesTable.STATUS, "ok");
    values.put(ImagesTable.FACES, 1);
    values.put(ImagesTable.PIPELINE, "pipeline");
    values.put(ImagesTable.RUN_ID, run);
    values.put(ImagesTable.PROCESSED_AT, new Timestamp(0));
    return row(ImagesTable.SCHEMA, values);
  }

  private Row face(
      String dataset, String uri, String identity, String bytes, int person, int photo, int nth) {
    Map<String, Object> values = new HashMap<>();
    values.put(FacesTable.FACE_ID, "face " + nth + " of " + uri);
    values.put(FacesTable.DATASET, dataset);
    values.put(FacesTable.URI, uri);
    values.put(FacesTable.IMAGE_ID, bytes);
    values.put(FacesTable.IDENTITY, identity);
    values.put(FacesTable.IMAGE_WIDTH, 100);
    values.put(FacesTable.IMAGE_HEIGHT, 100);
    values.put(FacesTable.BOX, RowFactory.create(25 - nth, 25, 74, 74));
    values.put(FacesTable.BOX_SOURCE, "detector");
    values.put(FacesTable.LANDMARKS, List.of(RowFactory.create(1, 2)));
    values.put(FacesTable.SIZE, 50 - nth);
    values.put(FacesTable.SHARPNESS, 1f);
    values.put(FacesTable.POSE, RowFactory.create(0f, 0f));
    if (maleProbability != null) {
      values.put(FacesTable.GENDER, maleProbability < 0.5 ? "female" : "male");
      values.put(FacesTable.MALE_PROBABILITY, maleProbability);
    }
    values.put(FacesTable.EMBEDDER, embedder);
    values.put(FacesTable.PIPELINE, "pipeline");
    values.put(FacesTable.RUN_ID, run);
    values.put(FacesTable.EMBEDDING, embedding(person, photo));
    return row(FacesTable.SCHEMA, values);
  }

  private static Float[] embedding(int person, int photo) {
    Float[] embedding = new Float[FacesTable.EMBEDDING_LENGTH];
    Random centre = new Random(person);
    Random noise = new Random(1000L * person + photo + 7);
    double scale = Math.sqrt(embedding.length);
    Arrays.setAll(
        embedding,
        d -> (float) ((1.4 * centre.nextGaussian() + 0.2 * noise.nextGaussian()) / scale));
    return embedding;
  }

  private static Row row(StructType schema, Map<String, Object> values) {
    return RowFactory.create(
        Arrays.stream(schema.fields()).map(StructField::name).map(values::get).toArray());
  }
}
