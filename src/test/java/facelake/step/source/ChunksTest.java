package facelake.step.source;

import static facelake.step.source.SourceTesting.spark;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;

class ChunksTest {
  @Test
  void cutsInTheOrderOfPlace() {
    List<List<SourceImage>> chunks = new ArrayList<>();
    try (Chunks cut = Chunks.of(images(45_000), 20_000)) {
      assertThat(cut.images()).isEqualTo(45_000);
      cut.forEachRemaining(chunks::add);
      assertThatThrownBy(cut::next).isInstanceOf(NoSuchElementException.class);
    }

    assertThat(chunks).extracting(List::size).containsExactly(20_000, 20_000, 5_000);
    List<SourceImage> all = chunks.stream().flatMap(List::stream).toList();
    assertThat(all).isSortedAccordingTo(SourceImage.BY_PLACE).doesNotHaveDuplicates();
  }

  @Test
  void cutsNothingIntoNoChunks() {
    try (Chunks cut = Chunks.of(images(0), 10)) {
      assertThat(cut.images()).isZero();
      assertThat(cut.hasNext()).isFalse();
    }
  }

  @Test
  void rejectsChunksOfNothing() {
    assertThatThrownBy(() -> Chunks.of(images(1), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Chunk of 0 images");
  }

  private static Dataset<Row> images(int count) {
    return spark()
        .range(count)
        .select(
            functions.expr("concat('file:///', id % 9, '.tar#', id) AS uri"),
            functions.expr("'file:///' AS source"),
            functions.expr("CAST(null AS string) AS identity"),
            functions.expr("id AS bytes"),
            functions.expr("'v' AS version"),
            functions.expr("concat('file:///', id % 9, '.tar') AS container"),
            functions.expr("id * 512 AS offset"),
            functions.expr("1 AS other"));
  }
}
