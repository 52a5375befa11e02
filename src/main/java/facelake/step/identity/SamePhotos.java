package facelake.step.identity;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sort_array;

import facelake.match.Resolution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Parts that a photo shows beside each other, among those that others might join. */
final class SamePhotos {
  private static final String PHOTO = "photo";
  private static final String COMPONENT = "component";
  private static final String PLACE = "place";
  private static final String PLACES = "places";

  private static final StructType SCHEMA =
      new StructType()
          .add(PHOTO, DataTypes.LongType, false)
          .add(COMPONENT, DataTypes.IntegerType, false)
          .add(PLACE, DataTypes.IntegerType, false);

  private SamePhotos() {}

  /**
   * For the place of each part the component that pairs make of it and others; -1 for a part of no
   * pair.
   */
  static int[] components(int count, List<Resolution.Pair> pairs) {
    int[] parents = IntStream.range(0, count).toArray();
    boolean[] paired = new boolean[count];
    for (Resolution.Pair pair : pairs) {
      paired[pair.a()] = true;
      paired[pair.b()] = true;
      int a = root(parents, pair.a());
      int b = root(parents, pair.b());
      parents[Math.max(a, b)] = Math.min(a, b);
    }
    int[] components = new int[count];
    Arrays.setAll(components, place -> paired[place] ? root(parents, place) : -1);
    return components;
  }

  private static int root(int[] parents, int place) {
    int root = place;
    while (parents[root] != root) {
      parents[root] = parents[parents[root]];
      root = parents[root];
    }
    return root;
  }

  /**
   * The parts of one component that a photo shows.
   *
   * @param parts rows of {@link PartRows}
   * @param components see {@link #components}
   */
  static List<Resolution.SamePhoto> of(
      Dataset<Row> parts, Broadcast<PartFacts> facts, Broadcast<int[]> components) {
    JavaRDD<Row> shown =
        parts
            .select(PartRows.NUMBER, PartRows.PHOTOS)
            .javaRDD()
            .flatMap(
                part -> {
                  int place = facts.value().place(part.getLong(0));
                  int component = components.value()[place];
                  Stream<Long> photos =
                      component < 0 ? Stream.of() : part.<Long>getList(1).stream();
                  return photos.map(photo -> RowFactory.create(photo, component, place)).iterator();
                });
    Set<Resolution.SamePhoto> found = new LinkedHashSet<>();
    parts
        .sparkSession()
        .createDataFrame(shown, SCHEMA)
        .groupBy(PHOTO, COMPONENT)
        .agg(sort_array(collect_list(PLACE)).as(PLACES))
        .where(size(col(PLACES)).gt(1))
        .select(PLACES)
        .distinct()
        .toLocalIterator()
        .forEachRemaining(row -> addPairs(row.getList(0), found));
    return new ArrayList<>(found);
  }

  private static void addPairs(List<Integer> places, Set<Resolution.SamePhoto> found) {
    for (int i = 0; i < places.size(); i++) {
      for (int j = i + 1; j < places.size(); j++) {
        found.add(new Resolution.SamePhoto(places.get(i), places.get(j)));
      }
    }
  }
}
