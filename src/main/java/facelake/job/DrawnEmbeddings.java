package facelake.job;

import facelake.match.EmbeddingBlock;
import java.util.Random;

/**
 * Embeddings drawn to lie as those of real faces do: normal around a person's centre, centres
 * normal around their mean.
 *
 * <p>The figures are those of resnet-v1 on 7,701 photos of LFW: pairs of one person are at 0.44 in
 * the mean, pairs of two at 0.82 with a deviation of 0.09, embeddings are 1.43 long, and 80 of
 * their 128 dimensions carry all variance, ever less of it. The same seed and place give the same
 * embedding.
 */
public final class DrawnEmbeddings {
  public static final int DIMENSIONS = 128;

  /** Length of the mean of all centres. */
  private static final double MEAN = 1.304;

  /** Dimensions that vary, and what each has of the variance of the one before. */
  private static final int VARIED = 80;

  private static final double DECAY = 0.9556;

  /** Half the mean square distance of one person's photos, 0.447 squared. */
  private static final double WITHIN = 0.1;

  /** What two people's photos are farther apart, likewise: 0.828 squared, less the former. */
  private static final double BETWEEN = 0.243;

  private final int facesOfAPerson;
  private final long seed;
  private final double[] deviations = new double[VARIED];
  private final double[] mirror;

  /** Drawn embeddings with a number of faces for each person. */
  public DrawnEmbeddings(int facesOfAPerson, long seed) {
    this.facesOfAPerson = facesOfAPerson;
    this.seed = seed;
    double sum = (1 - Math.pow(DECAY, VARIED)) / (1 - DECAY);
    for (int d = 0; d < VARIED; d++) {
      deviations[d] = Math.sqrt(Math.pow(DECAY, d) / sum);
    }
    mirror = new Random(seed).doubles(DIMENSIONS, -1, 1).toArray();
    double length = Math.sqrt(dot(mirror, mirror));
    for (int d = 0; d < DIMENSIONS; d++) {
      mirror[d] /= length;
    }
  }

  /** The embeddings of faces {@code first} to {@code first + count - 1}. */
  public EmbeddingBlock block(long first, int count) {
    float[] values = new float[count * DIMENSIONS];
    for (int i = 0; i < count; i++) {
      write(first + i, values, i * DIMENSIONS);
    }
    return new EmbeddingBlock(values, DIMENSIONS);
  }

  private void write(long face, float[] values, int at) {
    double[] drawn = new double[DIMENSIONS];
    drawn[VARIED] = MEAN;
    add(new Random(mixed(2 * (face / facesOfAPerson))), Math.sqrt(BETWEEN), drawn);
    add(new Random(mixed(2 * face + 1)), Math.sqrt(WITHIN), drawn);
    // A reflection spreads the varied dimensions over all and keeps distances.
    double twice = 2 * dot(drawn, mirror);
    for (int d = 0; d < DIMENSIONS; d++) {
      values[at + d] = (float) (drawn[d] - twice * mirror[d]);
    }
  }

  /** Neighbouring seeds of a Random give like first numbers; this sets them apart. */
  private long mixed(long number) {
    return (number + seed) * 0x9E3779B97F4A7C15L;
  }

  private void add(Random random, double deviation, double[] drawn) {
    for (int d = 0; d < VARIED; d++) {
      drawn[d] += random.nextGaussian() * deviation * deviations[d];
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int d = 0; d < DIMENSIONS; d++) {
      sum += a[d] * b[d];
    }
    return sum;
  }
}
