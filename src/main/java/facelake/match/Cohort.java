package facelake.match;

import java.io.Serializable;
import java.util.Arrays;
import org.apache.commons.math3.util.KthSelector;

/**
 * A sample of identities that every identity is measured against: how near do strangers come to it?
 *
 * <p>An embedder sees some people as much alike, so that one distance means different things for
 * different people. Adaptive score normalisation, known from speaker verification (Cumani et al.,
 * "Comparison of Speaker Recognition Approaches for Real Applications", 2011; Matejka et al.,
 * "Analysis of Score Normalization in Multilingual Speaker Recognition", 2017), compares a distance
 * with those to the nearest members of a cohort: here the nearest fortieth part, without the
 * identity itself and without the one nearest member, which may be the same person under another
 * name. A small cohort says little, so its figures are blended with those of a large one, scaled to
 * the embedder.
 */
public final class Cohort implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Members of a full cohort; more change little and cost time for each identity. */
  public static final int SIZE = 4000;

  /** The part of the cohort that counts as near. */
  private static final int NEAR_PART = 40;

  /**
   * Mean and deviation of the nearest 100 of 4,000 as parts of the mean of all distances, as
   * resnet-v1 has them on LFW: 0.61 and 0.027 of 0.82.
   */
  private static final double USUAL_MEAN = 0.74;

  private static final double USUAL_DEVIATION = 0.033;

  /** As many near members as the usual figures are worth. */
  private static final int USUAL_WEIGHT = 5;

  /** Members that stand for all where the cohort itself is measured. */
  private static final int MEASURED = 500;

  /** Members whose embeddings stay in the second cache while several are measured. */
  private static final int TILE = 512;

  private final EmbeddingBlock members;
  private final long[] identities;

  /**
   * For each tile of members their first floats, their second floats and so on, in arrays of their
   * own: the compiler makes vectors of loops over arrays from their beginning only.
   */
  private final float[][] transposed;

  private final double meanDistance;
  private final double typicalMean;

  /**
   * How near strangers come to an identity.
   *
   * @param mean mean distance of the nearest strangers
   * @param deviation standard deviation of these distances, positive
   */
  public record Nearness(double mean, double deviation) implements Serializable {
    /** How many deviations nearer than near strangers a distance is, negated: under 0 is nearer. */
    public double normalised(double distance) {
      return (distance - mean) / deviation;
    }

    /** The distance that is so many deviations nearer than near strangers; 0 at least. */
    public double radius(double deviations) {
      return Math.max(0, mean - deviations * deviation);
    }
  }

  /**
   * A cohort of these members.
   *
   * @param members at least two, an embedding for each
   * @param identities of the members, to leave out an identity's own
   */
  public Cohort(EmbeddingBlock members, long[] identities) {
    if (members.rows() < 2) {
      throw new IllegalArgumentException("a cohort has two members or more, not " + members.rows());
    }
    this.members = members;
    this.identities = identities;
    this.transposed = transposed(members);
    this.meanDistance = meanDistance(members);
    this.typicalMean = typicalMean();
  }

  /** Mean distance between two members. */
  private static double meanDistance(EmbeddingBlock members) {
    int rows = Math.min(members.rows(), MEASURED);
    double sum = 0;
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < i; j++) {
        sum += members.distance(i, members, j);
      }
    }
    return Math.max(sum / (rows * (rows - 1) / 2.0), Float.MIN_NORMAL);
  }

  private double typicalMean() {
    double[] means = new double[Math.min(members.rows(), MEASURED)];
    for (int i = 0; i < means.length; i++) {
      means[i] = nearness(members.embedding(i), identities[i]).mean();
    }
    Arrays.sort(means);
    return means[means.length / 2];
  }

  /**
   * How many deviations nearer than near strangers an identity's nearest so and so many of all
   * identities are: what must be looked through to find that many candidates for each.
   *
   * @param candidates wanted for each identity
   * @param all number of identities, of which the cohort is a sample
   */
  public double deviationsFor(double candidates, long all) {
    int rows = Math.min(members.rows(), MEASURED);
    double[] normalised = new double[rows * (members.rows() - 1)];
    int count = 0;
    for (int i = 0; i < rows; i++) {
      Nearness nearness = nearness(members.embedding(i), identities[i]);
      for (int j = 0; j < members.rows(); j++) {
        if (i != j) {
          normalised[count++] = nearness.normalised(members.distance(i, members, j));
        }
      }
    }
    Arrays.sort(normalised);
    int place = (int) Math.min(count - 1, Math.round(count * candidates / all));
    return -normalised[place];
  }

  /** The median of {@link Nearness#mean} over members: the scale of this embedder's distances. */
  public double typicalNearness() {
    return typicalMean;
  }

  /** Whether an identity is a member. */
  public boolean has(long identity) {
    return Arrays.stream(identities).anyMatch(member -> member == identity);
  }

  private static float[][] transposed(EmbeddingBlock members) {
    int dimensions = members.dimensions();
    int tiles = (members.rows() + TILE - 1) / TILE;
    float[][] transposed = new float[tiles * dimensions][];
    for (int place = 0; place < transposed.length; place++) {
      int from = place / dimensions * TILE;
      float[] floats = new float[Math.min(TILE, members.rows() - from)];
      for (int i = 0; i < floats.length; i++) {
        floats[i] = members.values()[(from + i) * dimensions + place % dimensions];
      }
      transposed[place] = floats;
    }
    return transposed;
  }

  /** As {@link #nearness(EmbeddingBlock, long)}, of one embedding. */
  public Nearness nearness(float[] embedding, long identity) {
    return nearness(new EmbeddingBlock(embedding, embedding.length), identity)[0];
  }

  /**
   * How near strangers come to each of some embeddings.
   *
   * @param embeddings of one identity
   * @param identity members of it are left out
   */
  public Nearness[] nearness(EmbeddingBlock embeddings, long identity) {
    float[][] squares = new float[embeddings.rows()][members.rows()];
    for (int from = 0; from < members.rows(); from += TILE) {
      for (int row = 0; row < squares.length; row++) {
        float[] tile = squares(embeddings, row, from / TILE);
        System.arraycopy(tile, 0, squares[row], from, tile.length);
      }
    }
    Nearness[] nearness = new Nearness[squares.length];
    Arrays.setAll(nearness, row -> among(squares[row], identity));
    return nearness;
  }

  /** Squared distances of an embedding to the members of a tile. */
  private float[] squares(EmbeddingBlock embeddings, int row, int tile) {
    int dimensions = members.dimensions();
    float[] squares = new float[transposed[tile * dimensions].length];
    for (int d = 0; d < dimensions; d++) {
      addSquares(
          transposed[tile * dimensions + d], embeddings.values()[row * dimensions + d], squares);
    }
    return squares;
  }

  private static void addSquares(float[] floats, float value, float[] squares) {
    for (int i = 0; i < squares.length; i++) {
      float difference = floats[i] - value;
      squares[i] += difference * difference;
    }
  }

  private Nearness among(float[] squares, long identity) {
    double[] others = new double[squares.length];
    int count = 0;
    for (int row = 0; row < squares.length; row++) {
      if (identities[row] != identity) {
        others[count++] = squares[row];
      }
    }
    int near = members.rows() / NEAR_PART;
    double mean = meanDistance * USUAL_MEAN;
    double deviation = meanDistance * USUAL_DEVIATION;
    if (near < 1 || count < near + 1) {
      return new Nearness(mean, deviation);
    }
    double[] nearest = nearest(Arrays.copyOf(others, count), near + 1);
    double own = mean(nearest);
    double weight = near / (double) (near + USUAL_WEIGHT);
    return new Nearness(
        weight * own + (1 - weight) * mean,
        Math.sqrt(weight * variance(nearest, own) + (1 - weight) * deviation * deviation));
  }

  /** The nearest, without the very nearest. */
  private static double[] nearest(double[] squares, int count) {
    if (count < squares.length) {
      new KthSelector().select(squares, null, count);
    }
    double[] nearest = Arrays.copyOf(squares, count);
    Arrays.sort(nearest);
    return Arrays.stream(nearest, 1, count).map(Math::sqrt).toArray();
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).sum() / values.length;
  }

  private static double variance(double[] values, double mean) {
    return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / values.length;
  }
}
