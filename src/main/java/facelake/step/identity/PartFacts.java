package facelake.step.identity;

import static org.apache.spark.sql.functions.col;

import facelake.match.Cohort;
import facelake.match.IdentityScore;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What scores need of all parts, in the memory of the driver and of each executor: some 60 bytes a
 * part. A part's place is its rank in order of numbers.
 */
public final class PartFacts implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long[] numbers;

  private final long[] ids;
  private final int[] datasets;
  private final long[] keys;
  private final int[] parts;
  private final boolean[] labelled;
  private final int[] sizes;
  private final double[] means;
  private final double[] deviations;
  private final List<String> datasetNames;

  /** Places in order of ids. */
  private int[] byId;

  private PartFacts(int count, List<String> datasetNames) {
    numbers = new long[count];
    ids = new long[count];
    datasets = new int[count];
    keys = new long[count];
    parts = new int[count];
    labelled = new boolean[count];
    sizes = new int[count];
    means = new double[count];
    deviations = new double[count];
    this.datasetNames = datasetNames;
  }

  /** The facts of these parts. */
  public static PartFacts of(Dataset<Row> parts) {
    Map<String, Integer> names = new LinkedHashMap<>();
    parts.select(PartRows.DATASET).distinct().orderBy(PartRows.DATASET).collectAsList().stream()
        .map(row -> row.getString(0))
        .forEach(name -> names.put(name, names.size()));
    PartFacts facts = new PartFacts((int) parts.count(), List.copyOf(names.keySet()));
    Iterator<Row> rows =
        parts
            .select(
                col(PartRows.NUMBER),
                col(PartRows.DATASET),
                col(PartRows.KEY),
                col(PartRows.PART),
                col(PartRows.LABELLED),
                col(PartRows.SIZE),
                col(PartRows.NEAR_MEAN),
                col(PartRows.NEAR_DEVIATION),
                PartRows.id())
            .orderBy(PartRows.NUMBER)
            .toLocalIterator();
    for (int place = 0; rows.hasNext(); place++) {
      facts.put(place, rows.next(), names);
    }
    facts.byId =
        IntStream.range(0, facts.count())
            .boxed()
            .sorted(Comparator.comparingLong(place -> facts.ids[place]))
            .mapToInt(Integer::intValue)
            .toArray();
    return facts;
  }

  private void put(int place, Row row, Map<String, Integer> names) {
    numbers[place] = row.getLong(0);
    datasets[place] = names.get(row.getString(1));
    keys[place] = row.getLong(2);
    parts[place] = row.getInt(3);
    labelled[place] = row.getBoolean(4);
    sizes[place] = row.getInt(5);
    means[place] = row.getDouble(6);
    deviations[place] = row.getDouble(7);
    ids[place] = row.getLong(8);
  }

  /** Number of parts. */
  public int count() {
    return numbers.length;
  }

  /** Number of identities that these are the parts of. */
  public int identities() {
    int identities = 0;
    for (int place = 0; place < numbers.length; place++) {
      identities += place == 0 || !sameIdentity(place - 1, place) ? 1 : 0;
    }
    return identities;
  }

  /** Number of faces. */
  public long faces() {
    return Arrays.stream(sizes).asLongStream().sum();
  }

  /** The place of a part. */
  public int place(long number) {
    return Arrays.binarySearch(numbers, number);
  }

  /** The number of the part at a place. */
  public long number(int place) {
    return numbers[place];
  }

  /** See {@link PartRows#id}. */
  long id(int place) {
    return ids[place];
  }

  /** The place of the part with an id; -1 where there is none. */
  int placeOfId(long id) {
    int low = 0;
    int high = byId.length - 1;
    while (low <= high) {
      int middle = low + high >>> 1;
      int place = byId[middle];
      if (ids[place] == id) {
        return place;
      } else if (ids[place] < id) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  /** The dataset of a part, as a number from 0. */
  public int dataset(int place) {
    return datasets[place];
  }

  /** The names of the datasets, by their numbers. */
  public List<String> datasetNames() {
    return datasetNames;
  }

  int size(int place) {
    return sizes[place];
  }

  boolean isMain(int place) {
    return parts[place] == 0;
  }

  /** The places of all parts of a part's identity, the first part first. */
  public List<Integer> identity(int place) {
    int first = place;
    while (first > 0 && sameIdentity(first - 1, place)) {
      first--;
    }
    List<Integer> parts = new ArrayList<>();
    for (int part = first; part < numbers.length && sameIdentity(part, place); part++) {
      parts.add(part);
    }
    return parts;
  }

  /** Whether two parts are of one identity. */
  public boolean sameIdentity(int a, int b) {
    return keys[a] == keys[b] && datasets[a] == datasets[b];
  }

  /**
   * Whether the label of a part says who it is: of two such parts of one dataset, the dataset says
   * that they are different people. A cluster has no label, and that of any other part may be
   * wrong.
   */
  public boolean isTrusted(int place) {
    return labelled[place] && parts[place] == 0;
  }

  /** The distance of two parts, normalised on both sides, see {@link IdentityScore#normalised}. */
  double normalised(int a, int b, double distance) {
    return IdentityScore.normalised(distance, nearness(a), nearness(b));
  }

  /** How far a part looks for others that are so many deviations nearer than near strangers. */
  float radius(int place, double nearer) {
    return (float) (means[place] - deviations[place] * nearer);
  }

  private Cohort.Nearness nearness(int place) {
    return new Cohort.Nearness(means[place], deviations[place]);
  }

  /** The number of parts of each dataset, all or the trusted ones only. */
  public long[] sizes(boolean trustedOnly) {
    long[] counts = new long[datasetNames.size()];
    for (int place = 0; place < datasets.length; place++) {
      counts[datasets[place]] += !trustedOnly || isTrusted(place) ? 1 : 0;
    }
    return counts;
  }
}
