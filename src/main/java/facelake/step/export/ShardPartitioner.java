package facelake.step.export;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.Partitioner;

/** One partition a shard; keys are places in a list of orders. */
final class ShardPartitioner extends Partitioner {
  private static final long serialVersionUID = 1L;

  private final int[] shards;
  private final int count;

  private ShardPartitioner(int[] shards, int count) {
    this.shards = shards;
    this.count = count;
  }

  static ShardPartitioner of(List<ExportOrder> orders) {
    Map<String, Integer> numbers = new HashMap<>();
    int[] shards =
        orders.stream()
            .mapToInt(order -> numbers.computeIfAbsent(order.path(), path -> numbers.size()))
            .toArray();
    return new ShardPartitioner(shards, numbers.size());
  }

  @Override
  public int numPartitions() {
    return count;
  }

  @Override
  public int getPartition(Object place) {
    return shards[(Integer) place];
  }
}
