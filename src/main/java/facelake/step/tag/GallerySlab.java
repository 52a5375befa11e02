package facelake.step.tag;

import facelake.match.EmbeddingBlock;
import facelake.match.Neighbour;
import facelake.table.EmbeddingColumn;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * Faces of a gallery that are broadcast together.
 *
 * @param parts small ones first: what is near among few faces tells what need not be measured among
 *     many
 * @param people whom the faces show
 */
record GallerySlab(List<Part> parts, int people) implements Serializable {
  private static final int SMALLEST = 64;
  private static final int LARGEST = 1024;

  /** A face of a gallery. */
  record Face(String faceId, String name, float[] embedding) {
    /** The face of a row of {@link NearestGallery#GALLERY}. */
    static Face of(Row row) {
      return new Face(row.getString(0), row.getString(2), EmbeddingColumn.floats(row, 3));
    }
  }

  /** Faces that are compared at once. */
  record Part(String[] faceIds, String[] names, EmbeddingBlock embeddings) implements Serializable {
    private static Part of(List<Face> faces) {
      return new Part(
          faces.stream().map(Face::faceId).toArray(String[]::new),
          faces.stream().map(Face::name).toArray(String[]::new),
          EmbeddingBlock.of(faces.stream().map(Face::embedding).toList()));
    }

    Neighbour neighbour(int row, float distance) {
      return new Neighbour(faceIds[row], names[row], distance);
    }
  }

  /** The slab of these faces, at least one. */
  static GallerySlab of(List<Face> faces) {
    List<Part> parts = new ArrayList<>();
    int size = SMALLEST;
    for (int from = 0; from < faces.size(); ) {
      int to = Math.min(from + size, faces.size());
      parts.add(Part.of(faces.subList(from, to)));
      from = to;
      size = Math.min(2 * size, LARGEST);
    }
    return new GallerySlab(parts, (int) faces.stream().map(Face::name).distinct().count());
  }
}
