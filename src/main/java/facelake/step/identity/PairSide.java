package facelake.step.identity;

import static org.apache.spark.sql.functions.col;

import facelake.match.IdentityScore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A pair of parts as one of the two sees it.
 *
 * @param part number of the one
 * @param home dataset of the other
 * @param normalised distance
 * @param other number of the other
 * @param distance of the means
 */
record PairSide(long part, int home, double normalised, long other, double distance) {
  static final String NORMALISED = "normalised";

  /** The smallest normalised distance to a main part that is of neither identity; or infinite. */
  static final String RIVAL = "rival";

  /** A pair as one side sees it, and its rival there: two rows for each pair. */
  static final StructType WITH_RIVAL =
      new StructType()
          .add(NearParts.A, DataTypes.LongType, false)
          .add(NearParts.B, DataTypes.LongType, false)
          .add(NearParts.DISTANCE, DataTypes.DoubleType, false)
          .add(NORMALISED, DataTypes.DoubleType, false)
          .add(RIVAL, DataTypes.DoubleType, false);

  private static final Comparator<PairSide> NEAREST_FIRST =
      Comparator.comparingDouble(PairSide::normalised).thenComparingLong(PairSide::other);

  private static final String PART = "part";
  private static final String HOME = "home";
  private static final String OTHER = "other";

  private static final StructType SCHEMA =
      new StructType()
          .add(PART, DataTypes.LongType, false)
          .add(HOME, DataTypes.IntegerType, false)
          .add(NORMALISED, DataTypes.DoubleType, false)
          .add(OTHER, DataTypes.LongType, false)
          .add(NearParts.DISTANCE, DataTypes.DoubleType, false);

  /**
   * Both sides of pairs with their rivals, rows of {@link #WITH_RIVAL}. A task holds the pairs of
   * one part at a time.
   *
   * @param pairs rows of {@link NearParts#SCHEMA}, each pair once
   */
  static Dataset<Row> withRivals(Dataset<Row> pairs, Broadcast<PartFacts> facts) {
    JavaRDD<Row> sides = pairs.javaRDD().flatMap(pair -> of(pair, facts.value()));
    JavaRDD<Row> rows =
        pairs
            .sparkSession()
            .createDataFrame(sides, SCHEMA)
            .repartition(col(PART))
            .sortWithinPartitions(PART)
            .javaRDD()
            .mapPartitions(partition -> new Rivals(partition, facts.value()));
    return pairs.sparkSession().createDataFrame(rows, WITH_RIVAL);
  }

  private static Iterator<Row> of(Row pair, PartFacts facts) {
    int a = facts.place(pair.getLong(0));
    int b = facts.place(pair.getLong(1));
    double distance = pair.getDouble(2);
    double normalised = IdentityScore.normalised(distance, facts.nearness(a), facts.nearness(b));
    return Stream.of(row(facts, a, b, normalised, distance), row(facts, b, a, normalised, distance))
        .iterator();
  }

  private static Row row(PartFacts facts, int part, int other, double normalised, double distance) {
    return RowFactory.create(
        facts.number(part), facts.dataset(other), normalised, facts.number(other), distance);
  }

  private static PairSide of(Row row) {
    return new PairSide(
        row.getLong(0), row.getInt(1), row.getDouble(2), row.getLong(3), row.getDouble(4));
  }

  private Row withRival(double rival) {
    return RowFactory.create(
        Math.min(part, other), Math.max(part, other), distance, normalised, rival);
  }

  /** Finds the rivals among sides of which those of one part stand together. */
  private static final class Rivals implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final PartFacts facts;
    private final List<PairSide> sides = new ArrayList<>();
    private final Map<Integer, List<PairSide>> mains = new HashMap<>();
    private PairSide next;
    private int told;

    Rivals(Iterator<Row> rows, PartFacts facts) {
      this.rows = rows;
      this.facts = facts;
      this.next = read();
    }

    private PairSide read() {
      return rows.hasNext() ? of(rows.next()) : null;
    }

    @Override
    public boolean hasNext() {
      return told < sides.size() || next != null;
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      if (told == sides.size()) {
        gather();
      }
      PairSide side = sides.get(told++);
      return side.withRival(rival(side));
    }

    /** All sides of the next part. */
    private void gather() {
      sides.clear();
      mains.clear();
      told = 0;
      for (long part = next.part; next != null && next.part == part; next = read()) {
        sides.add(next);
      }
      sides.sort(NEAREST_FIRST);
      for (PairSide side : sides) {
        if (facts.isMain(facts.place(side.other))) {
          mains.computeIfAbsent(side.home, home -> new ArrayList<>()).add(side);
        }
      }
    }

    private double rival(PairSide side) {
      int part = facts.place(side.part);
      int other = facts.place(side.other);
      for (PairSide main : mains.getOrDefault(side.home, List.of())) {
        int rival = facts.place(main.other);
        if (!facts.sameIdentity(rival, part) && !facts.sameIdentity(rival, other)) {
          return main.normalised;
        }
      }
      return Double.POSITIVE_INFINITY;
    }
  }
}
