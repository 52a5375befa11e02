package facelake.step.identity;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/**
 * Who comes nearest to each part: the two nearest main parts of each dataset, of which one may be
 * the same person. In the memory of the driver and of each executor, some 30 bytes for each part
 * and each dataset that it has neighbours in.
 */
final class Rivals implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long[] keys;
  private final int[] nearest;
  private final double[] distances;
  private final double[] nextDistances;

  /**
   * The neighbours of a part in one dataset.
   *
   * @param nearest place of the nearest main part
   * @param distance of the nearest, normalised
   * @param next the normalised distance of the second nearest; infinite without one
   */
  private record Neighbours(int nearest, double distance, double next) implements Serializable {
    Neighbours and(Neighbours others) {
      boolean nearer =
          distance < others.distance || distance == others.distance && nearest < others.nearest;
      return nearer
          ? new Neighbours(nearest, distance, Math.min(next, others.distance))
          : new Neighbours(others.nearest, others.distance, Math.min(others.next, distance));
    }
  }

  private Rivals(int count) {
    keys = new long[count];
    nearest = new int[count];
    distances = new double[count];
    nextDistances = new double[count];
  }

  /**
   * The rivals that some pairs show.
   *
   * @param pairs rows of {@link NearParts#SCHEMA}, each pair once
   */
  static Rivals of(Dataset<Row> pairs, Broadcast<PartFacts> facts) {
    JavaPairRDD<Long, Neighbours> neighbours =
        pairs
            .javaRDD()
            .flatMapToPair(pair -> sides(pair, facts.value()))
            .reduceByKey(Neighbours::and)
            .sortByKey();
    Rivals rivals = new Rivals(Math.toIntExact(neighbours.count()));
    Iterator<Tuple2<Long, Neighbours>> entries = neighbours.toLocalIterator();
    for (int i = 0; entries.hasNext(); i++) {
      rivals.put(i, entries.next());
    }
    return rivals;
  }

  private static Iterator<Tuple2<Long, Neighbours>> sides(Row pair, PartFacts facts) {
    int a = facts.place(pair.getLong(0));
    int b = facts.place(pair.getLong(1));
    if (facts.sameIdentity(a, b)) {
      return Stream.<Tuple2<Long, Neighbours>>empty().iterator();
    }
    double distance = facts.normalised(a, b, pair.getDouble(2));
    return Stream.of(side(facts, a, b, distance), side(facts, b, a, distance))
        .filter(side -> facts.isMain(side._2().nearest()))
        .iterator();
  }

  private static Tuple2<Long, Neighbours> side(
      PartFacts facts, int part, int other, double distance) {
    return new Tuple2<>(
        key(facts, part, other), new Neighbours(other, distance, Double.POSITIVE_INFINITY));
  }

  /** Of a part, and of the dataset of another one. */
  private static long key(PartFacts facts, int part, int other) {
    return (long) part * facts.datasetNames().size() + facts.dataset(other);
  }

  private void put(int place, Tuple2<Long, Neighbours> entry) {
    keys[place] = entry._1();
    nearest[place] = entry._2().nearest();
    distances[place] = entry._2().distance();
    nextDistances[place] = entry._2().next();
  }

  /**
   * The least normalised distance of either of two parts to a main part that is of neither
   * identity, but of the other one's dataset; infinite where there is none.
   */
  double of(PartFacts facts, int a, int b) {
    return Math.min(besides(facts, b, a), besides(facts, a, b));
  }

  /** How near a part comes to main parts of another one's dataset, besides that one. */
  private double besides(PartFacts facts, int other, int part) {
    int place = Arrays.binarySearch(keys, key(facts, part, other));
    if (place < 0) {
      return Double.POSITIVE_INFINITY;
    }
    return facts.sameIdentity(nearest[place], other) ? nextDistances[place] : distances[place];
  }
}
