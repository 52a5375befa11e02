package facelake.net;

import static org.assertj.core.api.Assertions.assertThat;

import facelake.net.BufferPlan.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BufferPlanTest {
  @Test
  void aChainNeedsItsTwoLargestNeighbours() {
    BufferPlan plan =
        BufferPlan.of(
            List.of(new Buffer(0, 1, 640), new Buffer(1, 2, 1280), new Buffer(2, 3, 640)));

    assertThat(plan.bytes()).isEqualTo(1920);
    assertThat(plan.offsets()[0]).isEqualTo(plan.offsets()[2]);
  }

  @Test
  void buffersThatLiveTogetherNeverOverlap() {
    Random random = new Random(7);
    List<Buffer> buffers = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      int first = random.nextInt(100);
      buffers.add(new Buffer(first, first + random.nextInt(20), 1 + random.nextInt(5000)));
    }
    BufferPlan plan = BufferPlan.of(buffers);

    for (int a = 0; a < buffers.size(); a++) {
      assertThat(plan.offsets()[a] % BufferPlan.ALIGNMENT).isZero();
      assertThat(plan.offsets()[a] + buffers.get(a).bytes()).isLessThanOrEqualTo(plan.bytes());
      for (int b = 0; b < a; b++) {
        boolean together =
            buffers.get(a).first() <= buffers.get(b).last()
                && buffers.get(b).first() <= buffers.get(a).last();
        boolean apart =
            plan.offsets()[a] + buffers.get(a).bytes() <= plan.offsets()[b]
                || plan.offsets()[b] + buffers.get(b).bytes() <= plan.offsets()[a];
        assertThat(!together || apart).as("buffers %d and %d", a, b).isTrue();
      }
    }
  }
}
