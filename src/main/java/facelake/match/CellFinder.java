package facelake.match;

import facelake.net.PairProducts;
import facelake.net.Precision;
import java.util.Arrays;

/**
 * Finds the {@link Cells} that embeddings lie in, and the next nearest ones.
 *
 * <p>A matrix product chooses a few more than asked for, and exact distances put those in order, so
 * that the answer is the same whatever else is in the block. Holds two megabytes, most of them
 * native, and belongs to one thread.
 */
public final class CellFinder implements AutoCloseable {
  /** Cells that are chosen beyond those asked for: rounding may have put them behind. */
  private static final int SPARE = 4;

  private static final int ROWS = PairProducts.ROWS;
  private static final int COLUMNS = PairProducts.COLUMNS;

  private final EmbeddingBlock centres;
  private final int wanted;
  private final int kept;
  private final PairProducts products;
  private final float[] tile = new float[ROWS * COLUMNS];

  /**
   * A finder.
   *
   * @param wanted cells to find for an embedding; all of them where there are no more
   */
  public CellFinder(Cells cells, int wanted) {
    this.centres = cells.centres();
    this.wanted = Math.min(wanted, centres.rows());
    this.kept = Math.min(wanted + SPARE, centres.rows());
    this.products = new PairProducts(centres.dimensions(), Precision.FP32);
  }

  /** The nearest cells of each row, the nearest first; of two as near, the smaller number. */
  public int[][] nearest(EmbeddingBlock block) {
    Nearest[] nearest = new Nearest[block.rows()];
    Arrays.setAll(nearest, row -> new Nearest(kept));
    for (int column = 0; column < centres.rows(); column += COLUMNS) {
      int columns = Math.min(COLUMNS, centres.rows() - column);
      products.columns(centres.values(), column, columns);
      for (int row = 0; row < block.rows(); row += ROWS) {
        int rows = Math.min(ROWS, block.rows() - row);
        products.rows(block.values(), row, rows);
        products.all(tile);
        for (int i = 0; i < rows; i++) {
          offer(nearest[row + i], i * COLUMNS, column, columns);
        }
      }
    }
    int[][] cells = new int[block.rows()][];
    Arrays.setAll(cells, row -> ordered(block, row, nearest[row].cells));
    return cells;
  }

  private void offer(Nearest nearest, int at, int column, int columns) {
    for (int j = 0; j < columns; j++) {
      // Half the squared distance, less what is the same for all cells.
      float value = (float) (centres.squaredNorm(column + j) / 2) - tile[at + j];
      if (value < nearest.farthest) {
        nearest.add(value, column + j);
      }
    }
  }

  /** Sorts the cells by their exact distances; they are almost in order already. */
  private int[] ordered(EmbeddingBlock block, int row, int[] cells) {
    double[] distances = new double[cells.length];
    for (int i = 0; i < cells.length; i++) {
      int cell = cells[i];
      double distance = block.distance(row, centres, cell);
      int place = i;
      while (place > 0 && isFarther(distances[place - 1], cells[place - 1], distance, cell)) {
        distances[place] = distances[place - 1];
        cells[place] = cells[place - 1];
        place--;
      }
      distances[place] = distance;
      cells[place] = cell;
    }
    return Arrays.copyOf(cells, wanted);
  }

  private static boolean isFarther(double distance, int cell, double other, int otherCell) {
    return distance > other || distance == other && cell > otherCell;
  }

  @Override
  public void close() {
    products.close();
  }

  /** The smallest values so far, sorted, with their cells. */
  private static final class Nearest {
    private final float[] values;
    private final int[] cells;
    private float farthest = Float.POSITIVE_INFINITY;

    Nearest(int size) {
      values = new float[size];
      Arrays.fill(values, Float.POSITIVE_INFINITY);
      cells = new int[size];
    }

    void add(float value, int cell) {
      int place = values.length - 1;
      while (place > 0 && values[place - 1] > value) {
        values[place] = values[place - 1];
        cells[place] = cells[place - 1];
        place--;
      }
      values[place] = value;
      cells[place] = cell;
      farthest = values[values.length - 1];
    }
  }
}
