package facelake.job;

import facelake.match.EmbeddingBlock;
import facelake.match.PairScan;
import facelake.net.Precision;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Measures how long one thread takes to compare all pairs of drawn embeddings.
 *
 * <pre>jobs/facelake benchmark --pairs 125000,250000</pre>
 */
public final class PairsBenchmark {
  /**
   * Far below where pairs of one person end: of those of two, one in a hundred thousand is near.
   */
  public static final double THRESHOLD = 0.4;

  private static final int BLOCK = 4096;
  private static final int FACES_OF_A_PERSON = 10;
  private static final long SEED = 1;

  /**
   * What it took.
   *
   * @param faces the number of embeddings
   * @param near pairs nearer than {@link #THRESHOLD}, the same in every precision
   * @param seconds for all pairs, by the precision of the products
   */
  public record Outcome(int faces, long near, Map<Precision, Double> seconds) {
    /** What all pairs of a million embeddings take at this speed. */
    public double secondsOfAMillion(Precision precision) {
      return seconds.get(precision) * pairs(1e6) / pairs(faces);
    }

    /** Nanoseconds for one pair. */
    public double nanosAPair(Precision precision) {
      return seconds.get(precision) / pairs(faces) * 1e9;
    }

    private static double pairs(double faces) {
      return faces * (faces - 1) / 2;
    }
  }

  private final List<Precision> precisions;

  /** A benchmark of some precisions. */
  public PairsBenchmark(List<Precision> precisions) {
    this.precisions = precisions;
  }

  /** Compares all pairs of so many embeddings, in each precision. */
  public Outcome execute(int faces) {
    DrawnEmbeddings drawn = new DrawnEmbeddings(FACES_OF_A_PERSON, SEED);
    EmbeddingBlock[] blocks = new EmbeddingBlock[(faces + BLOCK - 1) / BLOCK];
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = drawn.block((long) i * BLOCK, Math.min(BLOCK, faces - i * BLOCK));
    }
    Map<Precision, Double> seconds = new EnumMap<>(Precision.class);
    long near = 0;
    for (Precision precision : precisions) {
      try (PairScan scan = new PairScan(THRESHOLD, DrawnEmbeddings.DIMENSIONS, precision)) {
        // Once for the compilers and the caches.
        scan.within(blocks[0]);
        long start = System.nanoTime();
        near = near(scan, blocks);
        seconds.put(precision, (System.nanoTime() - start) / 1e9);
      }
    }
    return new Outcome(faces, near, seconds);
  }

  private static long near(PairScan scan, EmbeddingBlock[] blocks) {
    long near = 0;
    for (int i = 0; i < blocks.length; i++) {
      near += scan.within(blocks[i]).size();
      for (int j = i + 1; j < blocks.length; j++) {
        near += scan.between(blocks[i], blocks[j]).size();
      }
    }
    return near;
  }
}
