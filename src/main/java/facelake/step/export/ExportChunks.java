package facelake.step.export;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.ToLongFunction;

/**
 * Cuts orders into lists that are worked on one after the other, and gives each order its place in
 * the target. A shard is never cut.
 */
public final class ExportChunks implements Iterator<List<ExportOrder>> {
  /** Headers and padding of a member of a tar, and what is said of it. */
  private static final int MEMBER = 3 * 1024;

  private final Iterator<ExportOrder> orders;
  private final int size;
  private final long shardBytes;
  private final ToLongFunction<ExportOrder> bytes;
  private ExportOrder ahead;
  private int shard;
  private long inShard;

  private ExportChunks(
      Iterator<ExportOrder> orders, int size, long shardBytes, ToLongFunction<ExportOrder> bytes) {
    this.orders = orders;
    this.size = size;
    this.shardBytes = shardBytes;
    this.bytes = bytes;
  }

  /** Chunks of {@code size} files, the last one smaller. */
  public static ExportChunks ofFiles(Iterator<ExportOrder> orders, int size) {
    return new ExportChunks(orders, size, 0, order -> 0);
  }

  /**
   * Chunks of whole shards, of {@code size} pictures or more.
   *
   * @param shardBytes of a shard at most, but for one of a single picture
   * @param bytes of a picture, as far as is known before it is written
   */
  public static ExportChunks ofShards(
      Iterator<ExportOrder> orders, int size, long shardBytes, ToLongFunction<ExportOrder> bytes) {
    return new ExportChunks(orders, size, shardBytes, bytes);
  }

  @Override
  public boolean hasNext() {
    return ahead != null || orders.hasNext();
  }

  @Override
  public List<ExportOrder> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    List<ExportOrder> chunk = new ArrayList<>();
    while (hasNext()) {
      ExportOrder order = placed(ahead == null ? orders.next() : ahead);
      boolean beginsAnother = shardBytes == 0 || inShard == weight(order);
      if (chunk.size() >= size && beginsAnother) {
        ahead = order;
        return chunk;
      }
      ahead = null;
      chunk.add(order);
    }
    return chunk;
  }

  /** An order that was looked at has its place already. */
  private ExportOrder placed(ExportOrder order) {
    if (order.path() != null) {
      return order;
    }
    if (shardBytes == 0) {
      return order.asFile();
    }
    if (inShard > 0 && inShard + weight(order) > shardBytes) {
      shard++;
      inShard = 0;
    }
    inShard += weight(order);
    return order.in("shard-%06d.tar".formatted(shard));
  }

  private long weight(ExportOrder order) {
    return bytes.applyAsLong(order) + MEMBER;
  }
}
