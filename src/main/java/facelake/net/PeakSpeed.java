package facelake.net;

import org.bytedeco.dnnl.memory.format_tag;

/**
 * What this machine can do at best: a plain oneDNN product of two square matrices on one thread.
 * Networks are told as shares of it.
 */
public final class PeakSpeed implements AutoCloseable {
  private static final int SIDE = 1024;

  private final MatrixProduct product;

  /** Prepares the product; the caller closes it. */
  public PeakSpeed(Precision precision) {
    product = new MatrixProduct(precision, SIDE, SIDE, SIDE, format_tag.any);
  }

  /** Computes the product once. */
  public void run() {
    product.run();
  }

  /** Multiplications and additions of one product, in thousands of millions. */
  public double gflop() {
    return 2.0 * SIDE * SIDE * SIDE / 1e9;
  }

  @Override
  public void close() {
    product.close();
  }
}
