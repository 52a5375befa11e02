package facelake.step;

import facelake.table.FacesTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/** Rows of the table faces whose people are known, because they were planted. */
public final class PlantedFaces {
  public static final String EMBEDDER = "resnet-v1:0123456789ab";

  private static final int LENGTH = FacesTable.EMBEDDING_LENGTH;

  private final Random random = new Random(11);
  private final List<Row> rows = new ArrayList<>();
  private final Map<String, String> people = new TreeMap<>();

  /** Plants a person: one face in each photo, at distances of about 0.3; people are 2 apart. */
  public PlantedFaces person(String dataset, String... uris) {
    float[] centre = gaussian(1.4);
    String person = "person " + people.size();
    for (String uri : uris) {
      float[] noise = gaussian(0.2);
      for (int d = 0; d < LENGTH; d++) {
        noise[d] += centre[d];
      }
      people.put(add(dataset, uri, EMBEDDER, noise), person);
    }
    return this;
  }

  /** Adds a face at a place on the first axis, which decides its distances. */
  public PlantedFaces at(double place, String dataset, String uri) {
    return at(place, dataset, uri, EMBEDDER);
  }

  /** Adds a face of another embedder. */
  public PlantedFaces at(double place, String dataset, String uri, String embedder) {
    float[] embedding = new float[LENGTH];
    embedding[0] = (float) place;
    add(dataset, uri, embedder, embedding);
    return this;
  }

  /** The planted person of each face id. */
  public Map<String, String> people() {
    return people;
  }

  public int size() {
    return rows.size();
  }

  /** The rows in an order and partitions of their own. */
  public Dataset<Row> faces(SparkSession spark, int partitions, long order) {
    List<Row> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, new Random(order));
    return spark.createDataFrame(shuffled, FacesTable.SCHEMA).repartition(partitions);
  }

  private float[] gaussian(double length) {
    float[] vector = new float[LENGTH];
    for (int d = 0; d < LENGTH; d++) {
      vector[d] = (float) (random.nextGaussian() * length / Math.sqrt(LENGTH));
    }
    return vector;
  }

  private String add(String dataset, String uri, String embedder, float[] embedding) {
    String faceId = String.format("%08x-%d", random.nextInt(), rows.size());
    List<Float> floats = new ArrayList<>();
    for (float value : embedding) {
      floats.add(value);
    }
    rows.add(
        RowFactory.create(
            faceId,
            dataset,
            uri,
            "image of " + uri,
            null,
            100,
            100,
            RowFactory.create(0, 0, 9, 9),
            "detector",
            1f,
            List.of(RowFactory.create(1, 2)),
            10,
            1f,
            RowFactory.create(0f, 0f),
            null,
            null,
            embedder,
            "pipeline",
            "run",
            floats));
    return faceId;
  }
}
