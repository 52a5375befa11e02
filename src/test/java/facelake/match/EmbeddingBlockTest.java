package facelake.match;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EmbeddingBlockTest {
  private static final EmbeddingBlock BLOCK = new EmbeddingBlock(new float[] {0, 1, 2, 3, 4, 8}, 2);

  @Test
  void averagesTheRowsThatAreAskedFor() {
    assertThat(BLOCK.mean(0, 1, 2)).containsExactly(2, 4);
    assertThat(BLOCK.mean(2, 0)).containsExactly(2, 4.5f);
    assertThat(BLOCK.mean(1)).containsExactly(2, 3);
    assertThat(BLOCK.mean(0, 0, 0, 2)).containsExactly(1, 2.75f);
  }

  @Test
  void averagesInDoublePrecision() {
    EmbeddingBlock line = new EmbeddingBlock(new float[] {1e8f, 3, -1e8f}, 1);

    assertThat(line.mean(0, 1, 2)).containsExactly(1);
  }

  @Test
  void measuresToAnEmbeddingOutside() {
    assertThat(BLOCK.distanceTo(1, new float[] {5, 7})).isEqualTo(5);
  }
}
