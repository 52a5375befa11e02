package facelake.step;

import facelake.match.EmbeddingBlock;
import java.io.Serializable;

/**
 * Faces with consecutive numbers, ready to be compared.
 *
 * @param first number of the first face
 * @param photos photo of each face
 * @param embeddings embedding of each face
 */
record FaceBlock(long first, long[] photos, EmbeddingBlock embeddings) implements Serializable {}
