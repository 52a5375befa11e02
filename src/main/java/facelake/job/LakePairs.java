package facelake.job;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.xxhash64;

import facelake.UserError;
import facelake.eval.ImageGroups;
import facelake.eval.PairSample;
import facelake.match.EmbeddingBlock;
import facelake.match.PairList;
import facelake.step.ImpostorScan;
import facelake.table.EmbeddingColumn;
import facelake.table.FacesTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;

/**
 * Pairs of faces of a lake: those of one identity are one person, those of two identities of one
 * dataset are two.
 */
final class LakePairs {
  /** Of an identity with more faces some are drawn: their pairs would drown those of others. */
  private static final int FACES_A_PERSON = 100;

  /** Pairs of two people that tell where the near ones begin. */
  private static final int LOOKED_AT = 200_000;

  /** Beyond this share of the pairs of two people lies their bulk. */
  private static final double TAIL = 0.02;

  /** So many near pairs are enough to see a tail by, and of so few all are taken. */
  private static final double ENOUGH = 5e6;

  /** So many near pairs take half of a gigabyte of the driver. */
  private static final double MOST = 1e7;

  /** How much farther is looked where the pairs that were looked at led astray. */
  private static final double GROWTH = 1.1;

  private static final String ORDER = "draw_order";
  private static final String NUMBER = "draw_number";
  private static final String FACES = "drawn_faces";
  private static final String[] KEY = {FacesTable.DATASET, FacesTable.IDENTITY};

  private final JavaSparkContext context;
  private final String embedder;
  private final double falseMatchRate;
  private final long seed;
  private final List<Row> drawn;

  /**
   * Pairs of some faces.
   *
   * @param all rows of {@link FacesTable}, of one embedder
   * @param falseMatchRate that is asked for
   */
  LakePairs(
      SparkSession spark,
      String embedder,
      Dataset<Row> all,
      CalibrateOptions.Source.OfLake source,
      double falseMatchRate) {
    this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.embedder = embedder;
    this.falseMatchRate = falseMatchRate;
    this.seed = source.seed();
    this.drawn = drawn(FaceSelection.alone(all), source);
  }

  /** Faces in order of dataset and identity, whole identities but for their size. */
  private static List<Row> drawn(Dataset<Row> named, CalibrateOptions.Source.OfLake source) {
    Dataset<Row> order =
        named
            .groupBy(FacesTable.DATASET, FacesTable.IDENTITY)
            .agg(count(lit(1)).as(FACES))
            .withColumn(
                ORDER,
                xxhash64(lit(source.seed()), col(FacesTable.DATASET), col(FacesTable.IDENTITY)))
            .orderBy(col(ORDER), col(FacesTable.DATASET), col(FacesTable.IDENTITY))
            .limit(source.sampleFaces());
    List<Row> chosen = new ArrayList<>();
    long count = 0;
    for (Row identity : order.collectAsList()) {
      count += Math.min(FACES_A_PERSON, identity.getLong(2));
      if (count > source.sampleFaces() && chosen.size() > 1) {
        break;
      }
      chosen.add(identity);
    }
    SparkSession spark = named.sparkSession();
    return named
        .join(broadcast(spark.createDataFrame(chosen, order.schema()).drop(FACES)), KEY)
        .withColumn(
            NUMBER,
            row_number()
                .over(
                    Window.partitionBy(FacesTable.DATASET, FacesTable.IDENTITY)
                        .orderBy(
                            xxhash64(lit(source.seed()), col(FacesTable.FACE_ID)),
                            col(FacesTable.FACE_ID))))
        .where(col(NUMBER).leq(FACES_A_PERSON))
        .orderBy(FacesTable.DATASET, FacesTable.IDENTITY, NUMBER)
        .select(FacesTable.DATASET, FacesTable.IDENTITY, FacesTable.URI, FacesTable.EMBEDDING)
        .collectAsList();
  }

  /** The pairs of all faces, and of each group those whose faces are both of it. */
  List<SampledPairs> samples(ImageGroups groups) {
    List<SampledPairs> samples = new ArrayList<>();
    samples.add(sample("", "", drawn));
    for (int kind = 0; kind < groups.kinds().size(); kind++) {
      for (Map.Entry<String, List<Row>> group : byGroup(groups, kind).entrySet()) {
        samples.add(sample(groups.kinds().get(kind), group.getKey(), group.getValue()));
      }
    }
    return samples;
  }

  private Map<String, List<Row>> byGroup(ImageGroups groups, int kind) {
    Map<String, List<Row>> byGroup = new TreeMap<>();
    Map<String, String> uris = new HashMap<>();
    for (Row face : drawn) {
      String uri = face.getString(2);
      ImageNames.of(uri)
          .filter(groups.images()::contains)
          .findFirst()
          .ifPresent(
              name -> {
                String other = uris.put(name, uri);
                if (other != null && !other.equals(uri)) {
                  throw new UserError(
                      "--groups names %s, which fits two images: %s and %s; give more of their"
                          + " folders, or choose --datasets",
                      name, other, uri);
                }
                String group = groups.group(name, kind);
                if (!group.isEmpty()) {
                  byGroup.computeIfAbsent(group, faces -> new ArrayList<>()).add(face);
                }
              });
    }
    return byGroup;
  }

  private SampledPairs sample(String kind, String group, List<Row> rows) {
    int[] people = new int[rows.size()];
    int[] datasets = new int[rows.size()];
    Map<String, Integer> datasetNumbers = new HashMap<>();
    for (int i = 0; i < people.length; i++) {
      String dataset = rows.get(i).getString(0);
      datasets[i] = datasetNumbers.computeIfAbsent(dataset, name -> datasetNumbers.size());
      boolean same =
          i > 0
              && datasets[i] == datasets[i - 1]
              && rows.get(i).getString(1).equals(rows.get(i - 1).getString(1));
      people[i] = i == 0 ? 0 : people[i - 1] + (same ? 0 : 1);
    }
    long[] impostorPairs = impostorPairs(people, datasets);
    return new SampledPairs(
        embedder,
        kind,
        group,
        rows.size(),
        impostorPairs.length,
        Arrays.stream(impostorPairs).sum() == 0
            ? new PairSample(new PairList(), new PairList(), impostorPairs, Double.MAX_VALUE)
            : compared(
                new ImpostorScan.Faces(
                    EmbeddingBlock.of(
                        rows.stream().map(row -> EmbeddingColumn.floats(row, 3)).toList()),
                    people,
                    datasets),
                impostorPairs));
  }

  /** Of each person, the pairs with others of the dataset. */
  private static long[] impostorPairs(int[] people, int[] datasets) {
    long[] ofPerson = new long[people.length == 0 ? 0 : people[people.length - 1] + 1];
    int[] datasetOf = new int[ofPerson.length];
    long[] ofDataset = new long[ofPerson.length];
    for (int face = 0; face < people.length; face++) {
      ofPerson[people[face]]++;
      datasetOf[people[face]] = datasets[face];
      ofDataset[datasets[face]]++;
    }
    long[] pairs = new long[ofPerson.length];
    Arrays.setAll(
        pairs, person -> ofPerson[person] * (ofDataset[datasetOf[person]] - ofPerson[person]));
    return pairs;
  }

  private PairSample compared(ImpostorScan.Faces faces, long[] impostorPairs) {
    PairList genuine = genuine(faces);
    double radius = radius(faces, Arrays.stream(impostorPairs).sum() / 2.0);
    while (true) {
      PairSample sample =
          new PairSample(genuine, ImpostorScan.near(context, faces, radius), impostorPairs, radius);
      if (sample.reaches(falseMatchRate)) {
        return sample;
      }
      radius *= GROWTH;
    }
  }

  /** Pairs of people: faces of one stand together. */
  private static PairList genuine(ImpostorScan.Faces faces) {
    PairList pairs = new PairList();
    int[] people = faces.people();
    for (int left = 0; left < people.length; left++) {
      for (int right = left + 1; right < people.length && people[right] == people[left]; right++) {
        double distance = faces.embeddings().distance(left, faces.embeddings(), right);
        pairs.add(people[left], people[left], (float) distance);
      }
    }
    return pairs;
  }

  /** Under which twice as many pairs of two people are as the rate asks for, or all of few. */
  private double radius(ImpostorScan.Faces faces, double pairs) {
    if (pairs <= ENOUGH) {
      return farthest(faces.embeddings());
    }
    double rate = Math.max(2 * falseMatchRate, Math.min(TAIL, ENOUGH / pairs));
    if (rate * pairs > MOST) {
      throw new UserError(
          "a false match rate of %s among %,d faces is more pairs than fit into memory; give a"
              + " --sample-faces of %,d or less",
          falseMatchRate,
          faces.people().length,
          (int) (faces.people().length * Math.sqrt(MOST / (rate * pairs))));
    }
    double[] distances = lookedAt(faces);
    return Math.max(distances[(int) (rate * (distances.length - 1))], Float.MIN_NORMAL);
  }

  /** No two embeddings are as far apart. */
  private static double farthest(EmbeddingBlock embeddings) {
    float[] origin = new float[embeddings.dimensions()];
    return IntStream.range(0, embeddings.rows())
        .mapToDouble(row -> 2 * embeddings.distanceTo(row, origin) + 1)
        .max()
        .getAsDouble();
  }

  /** Distances of some pairs of two people, ascending. */
  private double[] lookedAt(ImpostorScan.Faces faces) {
    Random random = new Random(seed);
    int rows = faces.people().length;
    double[] distances = new double[LOOKED_AT];
    int found = 0;
    while (found < distances.length) {
      int left = random.nextInt(rows);
      int right = random.nextInt(rows);
      if (faces.areImpostors(left, right)) {
        distances[found++] = faces.embeddings().distance(left, faces.embeddings(), right);
      }
    }
    Arrays.sort(distances);
    return distances;
  }
}
