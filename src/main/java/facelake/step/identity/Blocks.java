package facelake.step.identity;

import facelake.match.EmbeddingBlock;
import java.util.List;

/** Puts embeddings side by side. */
final class Blocks {
  private Blocks() {}

  /** The block of these embeddings, at least one, all of one length. */
  static EmbeddingBlock of(List<float[]> embeddings) {
    int dimensions = embeddings.get(0).length;
    float[] values = new float[embeddings.size() * dimensions];
    for (int i = 0; i < embeddings.size(); i++) {
      System.arraycopy(embeddings.get(i), 0, values, i * dimensions, dimensions);
    }
    return new EmbeddingBlock(values, dimensions);
  }
}
