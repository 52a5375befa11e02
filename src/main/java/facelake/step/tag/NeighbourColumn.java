package facelake.step.tag;

import facelake.match.Neighbour;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Reads and makes the values of {@link facelake.table.TagsTable#NEIGHBOURS}. */
final class NeighbourColumn {
  private NeighbourColumn() {}

  static Row[] value(List<Neighbour> neighbours) {
    return neighbours.stream()
        .map(each -> RowFactory.create(each.faceId(), each.name(), each.distance()))
        .toArray(Row[]::new);
  }

  static List<Neighbour> neighbours(Row row, int column) {
    return row.<Row>getList(column).stream()
        .map(each -> new Neighbour(each.getString(0), each.getString(1), each.getFloat(2)))
        .toList();
  }
}
