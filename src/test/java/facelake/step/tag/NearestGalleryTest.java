package facelake.step.tag;

import static org.assertj.core.api.Assertions.assertThat;

import facelake.TestSpark;
import facelake.match.EmbeddingBlock;
import facelake.match.Neighbour;
import facelake.match.Neighbours;
import facelake.spark.Phases;
import facelake.step.ScanPlan;
import facelake.table.EmbeddingColumn;
import facelake.table.FacesTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestGalleryTest {
  private static final SparkSession SPARK = TestSpark.session();

  @TempDir private Path folder;
  private final Random random = new Random(5);

  @ParameterizedTest(name = "{0} faces of {1} people, {2} a slab")
  @CsvSource({"300,40,4096", "300,40,90", "200,3,70", "3,2,90"})
  void findsWhatMeasuringAllPairsFinds(int faces, int people, int slab) {
    List<Row> gallery = new ArrayList<>();
    for (int i = 0; i < faces; i++) {
      gallery.add(
          RowFactory.create(
              Integer.toHexString(random.nextInt()) + i, "r", "p" + i % people, embedding()));
    }
    List<Row> probes = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      probes.add(RowFactory.create("probe " + i, "d", "u", "r", embedding()));
    }

    Map<String, List<Neighbour>> found = new TreeMap<>();
    new NearestGallery(SPARK, new ScanPlan(3, 1024, slab), Phases.unwatched(SPARK, "tag"))
        .found(
            SPARK.createDataFrame(probes, NearestGallery.PROBES),
            SPARK.createDataFrame(gallery, NearestGallery.GALLERY),
            folder.resolve("found").toString())
        .collectAsList()
        .forEach(
            row ->
                found
                    .computeIfAbsent(row.getString(0), key -> new ArrayList<>())
                    .addAll(NeighbourColumn.neighbours(row, 4)));
    found.replaceAll((face, all) -> Neighbours.nearest(all));

    assertThat(found).hasSize(50);
    for (Row probe : probes) {
      assertThat(found.get(probe.getString(0))).isEqualTo(measured(probe, gallery));
    }
  }

  @Test
  void cutsASlabIntoPartsThatGrow() {
    List<GallerySlab.Face> faces = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      faces.add(new GallerySlab.Face("f" + i, "p" + i % 7, new float[] {i}));
    }

    GallerySlab slab = GallerySlab.of(faces);

    assertThat(slab.people()).isEqualTo(7);
    assertThat(slab.parts())
        .extracting(part -> part.embeddings().rows())
        .containsExactly(64, 128, 256, 512, 1024, 1016);
  }

  private static List<Neighbour> measured(Row probe, List<Row> gallery) {
    EmbeddingBlock block = EmbeddingBlock.of(List.of(floats(probe, 4)));
    return Neighbours.nearest(
        gallery.stream()
            .map(
                face ->
                    new Neighbour(
                        face.getString(0),
                        face.getString(2),
                        (float) block.distanceTo(0, floats(face, 3))))
            .toList());
  }

  private static float[] floats(Row row, int column) {
    Float[] values = row.getAs(column);
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values[i];
    }
    return floats;
  }

  /** On a coarse grid of few dimensions, so that some distances are equal. */
  private Float[] embedding() {
    float[] embedding = new float[FacesTable.EMBEDDING_LENGTH];
    for (int d = 0; d < 3; d++) {
      embedding[d] = random.nextInt(12) / 8f;
    }
    return EmbeddingColumn.value(embedding);
  }
}
