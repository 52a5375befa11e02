package facelake.step;

import facelake.match.EmbeddingBlock;
import java.util.Arrays;
import java.util.Iterator;

/** Packs the faces of a partition into blocks, none of which reaches over the end of a slab. */
final class FaceBlocks implements Iterator<FaceBlock> {
  private final Iterator<NumberedFace> faces;
  private final ScanPlan plan;

  /** The blocks of these faces, whose numbers are consecutive. */
  FaceBlocks(Iterator<NumberedFace> faces, ScanPlan plan) {
    this.faces = faces;
    this.plan = plan;
  }

  @Override
  public boolean hasNext() {
    return faces.hasNext();
  }

  @Override
  public FaceBlock next() {
    NumberedFace face = faces.next();
    long first = face.number();
    int dimensions = face.embedding().length;
    int room = (int) Math.min(plan.blockFaces(), plan.slabFaces() - first % plan.slabFaces());
    long[] photos = new long[room];
    float[] values = new float[room * dimensions];
    int rows = 0;
    while (true) {
      photos[rows] = face.photo();
      System.arraycopy(face.embedding(), 0, values, rows * dimensions, dimensions);
      rows++;
      if (rows == room || !faces.hasNext()) {
        break;
      }
      face = faces.next();
    }
    return new FaceBlock(
        first,
        Arrays.copyOf(photos, rows),
        new EmbeddingBlock(Arrays.copyOf(values, rows * dimensions), dimensions));
  }
}
