package facelake.step;

import facelake.match.Clustering;
import facelake.match.PairList;
import facelake.match.PersonId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.CoGroupFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * The people of one connected component: rows of {@link FindPeople#SCHEMA} from its faces, sorted
 * by number, and its near pairs, sorted by both numbers.
 */
final class ComponentPeople implements CoGroupFunction<Long, Row, Row, Row> {
  private static final long serialVersionUID = 1L;

  private final PeopleOptions options;

  ComponentPeople(PeopleOptions options) {
    this.options = options;
  }

  @Override
  public Iterator<Row> call(Long component, Iterator<Row> faces, Iterator<Row> pairs) {
    List<Row> members = new ArrayList<>();
    faces.forEachRemaining(members::add);
    long[] numbers = members.stream().mapToLong(face -> face.getLong(1)).toArray();
    long[] photos = members.stream().mapToLong(face -> face.getLong(2)).toArray();
    int[] labels =
        new Clustering(options.rule(), options.seed()).labels(photos, near(numbers, pairs));
    return rows(members, labels);
  }

  private static PairList near(long[] numbers, Iterator<Row> pairs) {
    PairList near = new PairList();
    pairs.forEachRemaining(
        pair ->
            near.add(
                Arrays.binarySearch(numbers, pair.getLong(1)),
                Arrays.binarySearch(numbers, pair.getLong(2)),
                pair.getFloat(3)));
    return near;
  }

  private Iterator<Row> rows(List<Row> members, int[] labels) {
    int[] sizes = new int[members.size()];
    String[] smallest = new String[members.size()];
    for (int i = 0; i < labels.length; i++) {
      String faceId = members.get(i).getString(3);
      int label = labels[i];
      sizes[label]++;
      if (smallest[label] == null || faceId.compareTo(smallest[label]) < 0) {
        smallest[label] = faceId;
      }
    }
    return IntStream.range(0, labels.length)
        .mapToObj(i -> row(members.get(i), smallest[labels[i]], sizes[labels[i]]))
        .iterator();
  }

  private Row row(Row face, String smallestFaceId, int size) {
    return RowFactory.create(
        PersonId.of(options.scope(), smallestFaceId),
        face.getString(3),
        face.getString(4),
        face.getString(5),
        size);
  }
}
