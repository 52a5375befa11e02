package facelake.job;

import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.sort_array;

import facelake.UserError;
import facelake.table.FacesTable;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;

/**
 * The embedder that made all embeddings of some faces; those of two embedders cannot be compared.
 *
 * @param embedder as in {@code faces.embedder}
 * @param faces number of the faces, at least 1
 */
record OneEmbedder(String embedder, long faces) {
  /**
   * The embedder of these faces.
   *
   * @throws UserError when there are no faces, or faces of several embedders
   */
  static OneEmbedder of(FaceSelection selection) {
    List<Row> embedders =
        selection
            .faces()
            .groupBy(FacesTable.EMBEDDER)
            .agg(count(FacesTable.FACE_ID), sort_array(collect_set(FacesTable.DATASET)))
            .orderBy(FacesTable.EMBEDDER)
            .collectAsList();
    if (embedders.isEmpty()) {
      throw new UserError(
          "scope %s has no faces; index photos first: jobs/facelake index --help",
          selection.scope());
    }
    if (embedders.size() > 1) {
      throw new UserError(
          "embeddings of different models or precisions cannot be compared, and scope %s has %s;"
              + " choose datasets of one kind, or index the others again (index --reindex) with the"
              + " same --embedder and --precision",
          selection.scope(),
          embedders.stream().map(OneEmbedder::text).collect(Collectors.joining(" and ")));
    }
    return new OneEmbedder(embedders.get(0).getString(0), embedders.get(0).getLong(1));
  }

  private static String text(Row row) {
    return String.format(
        "%,d faces of %s (%s)",
        row.getLong(1), row.getString(0), String.join(", ", row.<String>getList(2)));
  }
}
