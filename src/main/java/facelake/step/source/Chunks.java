package facelake.step.source;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Images cut into lists of bounded size, in the order in which their bytes lie: files by URI,
 * members by tar and offset, rows by table and partition of its scan. The driver holds one chunk
 * and one partition of the sorted images at a time, so any number of images needs the same memory.
 */
public final class Chunks implements Iterator<List<SourceImage>>, AutoCloseable {
  /** Sorted rows that the driver holds at most, some 10 MB. */
  private static final int ROWS_A_PARTITION = 20_000;

  private final Dataset<Row> pending;
  private final long images;
  private final int size;
  private final boolean owned;
  private Iterator<Row> rows;

  private Chunks(Dataset<Row> pending, boolean owned, long images, int size) {
    this.pending = pending;
    this.owned = owned;
    this.images = images;
    this.size = size;
  }

  /**
   * Chunks of {@code size} images, the last one smaller.
   *
   * @param pending rows with the columns of {@link SourceImage#SCHEMA}; evaluated once and, if
   *     their owner has not stored them already, stored until {@link #close}
   */
  public static Chunks of(Dataset<Row> pending, int size) {
    if (size < 1) {
      throw new IllegalArgumentException("Chunk of " + size + " images");
    }
    Column[] columns =
        Stream.of(SourceImage.SCHEMA.fieldNames()).map(Chunks::column).toArray(Column[]::new);
    Dataset<Row> rows = pending.select(columns);
    boolean owned = rows.storageLevel().equals(StorageLevel.NONE());
    if (owned) {
      rows.persist(StorageLevel.MEMORY_AND_DISK());
    }
    return new Chunks(rows, owned, rows.count(), size);
  }

  /** How many images all chunks have together. */
  public long images() {
    return images;
  }

  @Override
  public boolean hasNext() {
    if (rows == null) {
      rows = sorted().toLocalIterator();
    }
    return rows.hasNext();
  }

  @Override
  public List<SourceImage> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    List<SourceImage> chunk = new ArrayList<>((int) Math.min(size, images));
    while (chunk.size() < size && rows.hasNext()) {
      chunk.add(SourceImage.of(rows.next()));
    }
    return chunk;
  }

  /** Frees the stored rows; there must be no call of {@link #next} after it. */
  @Override
  public void close() {
    if (owned) {
      pending.unpersist();
    }
  }

  private Dataset<Row> sorted() {
    Column[] place = {col("container"), col("offset"), col("uri")};
    int partitions = Math.toIntExact(1 + images / ROWS_A_PARTITION);
    return pending.repartitionByRange(partitions, place).sortWithinPartitions(place);
  }

  private static Column column(String name) {
    return col(name);
  }
}
