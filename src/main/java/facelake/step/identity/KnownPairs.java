package facelake.step.identity;

import static org.apache.spark.sql.functions.col;

import facelake.table.NearPartsTable;
import java.util.BitSet;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Near pairs of parts between a run, in which parts have numbers, and {@link NearPartsTable}. */
public final class KnownPairs {
  /** Ids of two parts, or of one twice, and their distance. */
  public static final StructType SCHEMA =
      new StructType()
          .add(NearPartsTable.SCHEMA.apply(NearPartsTable.A))
          .add(NearPartsTable.SCHEMA.apply(NearPartsTable.B))
          .add(NearPartsTable.SCHEMA.apply(NearPartsTable.DISTANCE));

  private KnownPairs() {}

  /**
   * What holds for a run, rows of {@link #SCHEMA}.
   *
   * @param table rows of {@link NearPartsTable}
   * @param cohort that the parts were measured against
   * @param deviations of the run: what was found with fewer holds all its pairs, and some more
   */
  public static Dataset<Row> stored(Dataset<Row> table, String cohort, double deviations) {
    return table
        .where(col(NearPartsTable.COHORT).equalTo(cohort))
        .where(col(NearPartsTable.DEVIATIONS).leq(deviations))
        .select(NearPartsTable.A, NearPartsTable.B, NearPartsTable.DISTANCE);
  }

  /**
   * The places of parts of this run that an earlier one has compared with each other.
   *
   * @param rows of {@link #stored}
   */
  public static BitSet compared(Dataset<Row> rows, PartFacts facts) {
    BitSet compared = new BitSet(facts.count());
    Iterator<Row> themselves =
        rows.where(col(NearPartsTable.A).equalTo(col(NearPartsTable.B)))
            .select(NearPartsTable.A)
            .toLocalIterator();
    while (themselves.hasNext()) {
      int place = facts.placeOfId(themselves.next().getLong(0));
      if (place >= 0) {
        compared.set(place);
      }
    }
    return compared;
  }

  /**
   * The near pairs of parts of this run that an earlier one has found, rows of {@link
   * NearParts#SCHEMA}.
   *
   * @param rows of {@link #stored}
   * @param deviations how many deviations nearer than near strangers a pair is at least
   */
  public static Dataset<Row> of(Dataset<Row> rows, Broadcast<PartFacts> facts, double deviations) {
    JavaRDD<Row> pairs =
        rows.where(col(NearPartsTable.A).notEqual(col(NearPartsTable.B)))
            .javaRDD()
            .flatMap(pair -> told(pair, facts.value(), deviations));
    return rows.sparkSession().createDataFrame(pairs, NearParts.SCHEMA);
  }

  private static Iterator<Row> told(Row pair, PartFacts facts, double deviations) {
    int a = facts.placeOfId(pair.getLong(0));
    int b = facts.placeOfId(pair.getLong(1));
    float distance = pair.getFloat(2);
    boolean near =
        a >= 0
            && b >= 0
            && distance < Math.max(facts.radius(a, deviations), facts.radius(b, deviations));
    return near
        ? List.of(
                RowFactory.create(
                    Math.min(facts.number(a), facts.number(b)),
                    Math.max(facts.number(a), facts.number(b)),
                    (double) distance))
            .iterator()
        : Collections.emptyIterator();
  }

  /**
   * What a later run is told: the columns of {@link NearPartsTable} without cohort, deviations and
   * run.
   *
   * @param pairs rows of {@link NearParts#SCHEMA}: all near pairs of all parts
   */
  public static Dataset<Row> rows(
      SparkSession spark, Dataset<Row> pairs, Broadcast<PartFacts> facts) {
    JavaRDD<Row> near = pairs.javaRDD().map(pair -> row(pair, facts.value()));
    JavaRDD<Row> themselves =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .parallelize(IntStream.range(0, facts.value().count()).boxed().toList())
            .map(place -> row(facts.value(), place, place, 0));
    return spark.createDataFrame(near.union(themselves), SCHEMA);
  }

  private static Row row(Row pair, PartFacts facts) {
    return row(
        facts,
        facts.place(pair.getLong(0)),
        facts.place(pair.getLong(1)),
        (float) pair.getDouble(2));
  }

  private static Row row(PartFacts facts, int a, int b, float distance) {
    return RowFactory.create(facts.id(a), facts.id(b), distance);
  }
}
