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
import java.util.TreeSet;
import java.util.function.IntPredicate;
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

  /** So many near pairs are enough to see a tail by. */
  private static final double ENOUGH = 5e6;

  /** More near pairs do not fit beside others into the memory of a driver: 12 bytes each, twice. */
  private static final double MOST = 3e7;

  /** Some groups are farther apart than all people: then the radius grows. */
  private static final double GROWTH = 1.2;

  private static final String ORDER = "draw_order";
  private static final String NUMBER = "draw_number";
  private static final String FACES = "drawn_faces";
  private static final String[] KEY = {FacesTable.DATASET, FacesTable.IDENTITY};

  private final String embedder;
  private final ImpostorScan.Faces faces;
  private final List<String> uris;
  private final PairList genuine = new PairList();
  private final JavaSparkContext context;
  private final double falseMatchRate;
  private PairList near;
  private double radius;

  private LakePairs(
      JavaSparkContext context,
      String embedder,
      ImpostorScan.Faces faces,
      List<String> uris,
      double falseMatchRate,
      double radius) {
    this.context = context;
    this.embedder = embedder;
    this.faces = faces;
    this.uris = uris;
    this.falseMatchRate = falseMatchRate;
    this.radius = radius;
    int[] people = faces.people();
    for (int left = 0; left < people.length; left++) {
      for (int right = left + 1; right < people.length && people[right] == people[left]; right++) {
        genuine.add(
            left, right, (float) faces.embeddings().distance(left, faces.embeddings(), right));
      }
    }
  }

  /**
   * Draws faces and compares each with each.
   *
   * @param all rows of {@link FacesTable}, of one embedder
   * @param falseMatchRate that is asked for
   */
  static LakePairs of(
      SparkSession spark,
      String embedder,
      Dataset<Row> all,
      CalibrateOptions.Source.OfLake source,
      double falseMatchRate) {
    Dataset<Row> named = all.where(col(FacesTable.IDENTITY).isNotNull());
    List<Row> drawn = drawn(named, source);
    List<String> uris = new ArrayList<>();
    List<float[]> embeddings = new ArrayList<>();
    int[] people = new int[drawn.size()];
    int[] datasets = new int[drawn.size()];
    Map<String, Integer> datasetNumbers = new HashMap<>();
    for (int i = 0; i < people.length; i++) {
      Row row = drawn.get(i);
      boolean same =
          i > 0
              && row.getString(0).equals(drawn.get(i - 1).getString(0))
              && row.getString(1).equals(drawn.get(i - 1).getString(1));
      people[i] = i == 0 ? 0 : people[i - 1] + (same ? 0 : 1);
      datasets[i] = datasetNumbers.computeIfAbsent(row.getString(0), name -> datasetNumbers.size());
      uris.add(row.getString(2));
      embeddings.add(EmbeddingColumn.floats(row, 3));
    }
    if (people.length < 2 || people[people.length - 1] == 0) {
      throw new UserError(
          "%,d faces of %s have an identity, and faces of two people at least are needed; index"
              + " photos with --layout identity-folders",
          people.length, embedder);
    }
    ImpostorScan.Faces faces =
        new ImpostorScan.Faces(EmbeddingBlock.of(embeddings), people, datasets);
    return new LakePairs(
        JavaSparkContext.fromSparkContext(spark.sparkContext()),
        embedder,
        faces,
        uris,
        falseMatchRate,
        radius(faces, falseMatchRate, source.seed()));
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

  /** Under which some more pairs of two people are than the rate that is asked for. */
  private static double radius(ImpostorScan.Faces faces, double falseMatchRate, long seed) {
    Random random = new Random(seed);
    int rows = faces.people().length;
    double[] distances =
        IntStream.range(0, LOOKED_AT)
            .mapToDouble(
                i -> {
                  int left = random.nextInt(rows);
                  int right = random.nextInt(rows);
                  return faces.people()[left] == faces.people()[right]
                          || faces.datasets()[left] != faces.datasets()[right]
                      ? Double.NaN
                      : faces.embeddings().distance(left, faces.embeddings(), right);
                })
            .filter(distance -> !Double.isNaN(distance))
            .sorted()
            .toArray();
    if (distances.length == 0) {
      return Double.MAX_VALUE;
    }
    double pairs = 0.5 * rows * rows;
    double rate = Math.max(2 * falseMatchRate, Math.min(TAIL, ENOUGH / pairs));
    if (rate * pairs > MOST) {
      throw new UserError(
          "a false match rate of %s among %,d faces is %,.0f pairs, more than fit into memory; give"
              + " a smaller --sample-faces",
          falseMatchRate, rows, rate * pairs);
    }
    return Math.max(distances[(int) (rate * (distances.length - 1))], Float.MIN_NORMAL);
  }

  /** The pairs of all faces, and of each group those whose faces are both of it. */
  List<SampledPairs> samples(ImageGroups groups) {
    while (true) {
      near = ImpostorScan.near(context, faces, radius);
      List<SampledPairs> samples = samplesWithin(groups);
      if (samples.stream().allMatch(sample -> sample.pairs().reaches(falseMatchRate))) {
        return samples;
      }
      radius *= GROWTH;
    }
  }

  private List<SampledPairs> samplesWithin(ImageGroups groups) {
    List<SampledPairs> samples = new ArrayList<>();
    samples.add(sample("", "", face -> true));
    for (int kind = 0; kind < groups.kinds().size(); kind++) {
      String[] ofFaces = groups(groups, kind);
      for (String group : new TreeSet<>(Arrays.asList(ofFaces))) {
        if (!group.isEmpty()) {
          samples.add(sample(groups.kinds().get(kind), group, face -> ofFaces[face].equals(group)));
        }
      }
    }
    return samples;
  }

  private String[] groups(ImageGroups groups, int kind) {
    return uris.stream()
        .map(
            uri ->
                ImageNames.of(uri)
                    .filter(groups.images()::contains)
                    .findFirst()
                    .map(name -> groups.group(name, kind))
                    .orElse(""))
        .toArray(String[]::new);
  }

  private SampledPairs sample(String kind, String group, IntPredicate isIn) {
    int[] people = faces.people();
    int[] chosen = IntStream.range(0, people.length).filter(isIn).toArray();
    long[] ofPerson = new long[people[people.length - 1] + 1];
    int[] datasetOf = new int[ofPerson.length];
    long[] ofDataset = new long[Arrays.stream(faces.datasets()).max().getAsInt() + 1];
    for (int face : chosen) {
      ofPerson[people[face]]++;
      datasetOf[people[face]] = faces.datasets()[face];
      ofDataset[faces.datasets()[face]]++;
    }
    long[] impostorPairs = new long[ofPerson.length];
    for (int person = 0; person < ofPerson.length; person++) {
      impostorPairs[person] = ofPerson[person] * (ofDataset[datasetOf[person]] - ofPerson[person]);
    }
    return new SampledPairs(
        embedder,
        kind,
        group,
        chosen.length,
        Arrays.stream(ofPerson).filter(count -> count > 0).count(),
        new PairSample(ofPeople(genuine, isIn), ofPeople(near, isIn), impostorPairs, radius));
  }

  /** Pairs of faces as pairs of people. */
  private PairList ofPeople(PairList pairs, IntPredicate isIn) {
    PairList some = new PairList();
    for (int pair = 0; pair < pairs.size(); pair++) {
      int left = pairs.left(pair);
      int right = pairs.right(pair);
      if (isIn.test(left) && isIn.test(right)) {
        some.add(faces.people()[left], faces.people()[right], pairs.distance(pair));
      }
    }
    return some;
  }
}
