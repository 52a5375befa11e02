package facelake.step;

import facelake.match.EmbeddingBlock;
import facelake.match.PairList;
import facelake.match.PairScan;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Finds the near pairs of different people among faces that the driver holds, each with each: some
 * ten thousand faces, whose pairs are hundreds of millions.
 */
public final class ImpostorScan {
  /** Faces of one side of what a task compares. */
  private static final int CHUNK = 2048;

  private ImpostorScan() {}

  /**
   * Faces of which it is known who they show.
   *
   * @param embeddings one row a face
   * @param people the person of each face, a number
   * @param datasets the dataset of each face, a number; people of two are not compared, who may be
   *     one under two names
   */
  public record Faces(EmbeddingBlock embeddings, int[] people, int[] datasets)
      implements Serializable {
    /** Whether two faces are of two people of one dataset. */
    public boolean areImpostors(int a, int b) {
      return datasets[a] == datasets[b] && people[a] != people[b];
    }

    private EmbeddingBlock chunk(int number) {
      int from = number * CHUNK;
      return embeddings.select(
          IntStream.range(from, Math.min(from + CHUNK, embeddings.rows())).toArray());
    }
  }

  /** Two chunks to be compared, or one with itself. */
  private record Chunks(int left, int right) implements Serializable {}

  /** Pairs on their way to the driver. */
  private record Found(int[] left, int[] right, float[] distances) implements Serializable {}

  /**
   * The pairs of two people of one dataset that are nearer than a radius: left and right are
   * people.
   *
   * @param radius positive
   */
  public static PairList near(JavaSparkContext context, Faces faces, double radius) {
    int chunks = (faces.embeddings().rows() + CHUNK - 1) / CHUNK;
    List<Chunks> work = new ArrayList<>();
    for (int left = 0; left < chunks; left++) {
      for (int right = left; right < chunks; right++) {
        work.add(new Chunks(left, right));
      }
    }
    Broadcast<Faces> shared = context.broadcast(faces);
    try {
      PairList near = new PairList();
      int[] people = faces.people();
      for (Found found :
          context
              .parallelize(work, work.size())
              .map(pair -> found(shared.value(), pair, radius))
              .collect()) {
        for (int i = 0; i < found.left().length; i++) {
          near.add(people[found.left()[i]], people[found.right()[i]], found.distances()[i]);
        }
      }
      return near;
    } finally {
      shared.destroy();
    }
  }

  private static Found found(Faces faces, Chunks chunks, double radius) {
    EmbeddingBlock left = faces.chunk(chunks.left());
    PairList near;
    try (PairScan scan = new PairScan(radius, left.dimensions())) {
      near =
          chunks.left() == chunks.right()
              ? scan.within(left)
              : scan.between(left, faces.chunk(chunks.right()));
    }
    int fromLeft = chunks.left() * CHUNK;
    int fromRight = chunks.right() * CHUNK;
    int[] impostors =
        IntStream.range(0, near.size())
            .filter(
                pair ->
                    faces.areImpostors(fromLeft + near.left(pair), fromRight + near.right(pair)))
            .toArray();
    float[] distances = new float[impostors.length];
    for (int i = 0; i < distances.length; i++) {
      distances[i] = near.distance(impostors[i]);
    }
    return new Found(
        Arrays.stream(impostors).map(pair -> fromLeft + near.left(pair)).toArray(),
        Arrays.stream(impostors).map(pair -> fromRight + near.right(pair)).toArray(),
        distances);
  }
}
