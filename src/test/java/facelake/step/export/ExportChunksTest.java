package facelake.step.export;

import static org.assertj.core.api.Assertions.assertThat;

import facelake.step.source.SourceImage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ExportChunksTest {
  @Test
  void cutsFilesIntoListsOfOneSize() {
    List<List<ExportOrder>> chunks = all(ExportChunks.ofFiles(orders(5).iterator(), 2));

    assertThat(chunks).extracting(List::size).containsExactly(2, 2, 1);
    assertThat(chunks.get(2).get(0).path()).isEqualTo("p-0/photo-4.JPG");
    assertThat(chunks.get(2).get(0).member()).isNull();
  }

  @Test
  void fillsShardsAndNeverCutsOne() {
    // With what a tar adds, three pictures fit into a shard.
    ExportChunks chunks =
        ExportChunks.ofShards(orders(10).iterator(), 4, 3 * (3072 + 1000), order -> 1000);

    assertThat(all(chunks))
        .extracting(chunk -> chunk.stream().map(ExportOrder::path).distinct().toList())
        .containsExactly(
            List.of("shard-000000.tar", "shard-000001.tar"),
            List.of("shard-000002.tar", "shard-000003.tar"));
  }

  @Test
  void aPictureThatIsTooLargeHasAShardOfItsOwn() {
    ExportChunks chunks = ExportChunks.ofShards(orders(3).iterator(), 1, 10, order -> 1000);

    assertThat(all(chunks))
        .extracting(chunk -> chunk.get(0).path())
        .containsExactly("shard-000000.tar", "shard-000001.tar", "shard-000002.tar");
  }

  @Test
  void membersAreNamedByKeyWithAnExtensionThatLoadersKnow() {
    ExportOrder order =
        all(ExportChunks.ofShards(orders(1).iterator(), 1, 10, o -> 1)).get(0).get(0);

    assertThat(order.member()).isEqualTo("p-0-photo-0.jpg");
  }

  private static List<ExportOrder> orders(int count) {
    return IntStream.range(0, count).mapToObj(ExportChunksTest::order).toList();
  }

  private static ExportOrder order(int number) {
    return new ExportOrder(
        new SourceImage("uri-" + number, "source", null, 1, "v", "uri-" + number, 0),
        "hash",
        "face-" + number,
        "p-0",
        0,
        "dataset",
        "identity",
        null,
        new int[4],
        new int[10],
        "photo-" + number,
        ".JPG",
        null,
        null);
  }

  private static List<List<ExportOrder>> all(ExportChunks chunks) {
    List<List<ExportOrder>> all = new ArrayList<>();
    Stream.generate(() -> chunks).takeWhile(ExportChunks::hasNext).forEach(c -> all.add(c.next()));
    return all;
  }
}
