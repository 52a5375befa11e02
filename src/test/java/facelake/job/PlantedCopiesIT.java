package facelake.job;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import facelake.TestData;
import facelake.TestSpark;
import facelake.eval.PlantedTruth;
import facelake.pipeline.GenderModel;
import facelake.pipeline.PipelineOptions;
import facelake.step.source.Layout;
import facelake.table.FacesTable;
import facelake.table.ImagesTable;
import facelake.table.Lake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies of real photos, found by the real models: dlib's five Johns. */
class PlantedCopiesIT {
  private static final Planting PLANTING = new Planting(OptionalInt.of(2), 0.6, 0, 0, 0.25, 0, 3);

  private final SparkSession spark = TestSpark.session();
  @TempDir private Path temp;

  /** Four photos of each, below a folder with a space in its name. */
  private Lake index() throws IOException {
    Path photos = temp.resolve("the photos");
    try (Stream<Path> people = Files.list(TestData.dlibExamples().resolve("johns"))) {
      for (Path person : people.sorted().toList()) {
        Path to = Files.createDirectories(photos.resolve(person.getFileName()));
        try (Stream<Path> files = Files.list(person)) {
          for (Path file : files.sorted().limit(4).toList()) {
            Files.copy(file, to.resolve(file.getFileName()));
          }
        }
      }
    }
    Lake lake = Lake.at(temp.resolve("lake").toString());
    EmbeddedIndex.run(photos, Layout.IDENTITY_FOLDERS, "johns", lake, GenderModel.NONE);
    return lake;
  }

  private PlantedResult plant(Lake lake, String folder) {
    PlantingOptions options =
        new PlantingOptions(
            lake,
            "johns",
            temp.resolve(folder).toString(),
            Optional.empty(),
            PLANTING,
            PipelineOptions.defaults());
    return new PlantedDatasets(
            spark,
            options,
            options.pipeline().models().stream().map(TestData::model).toList(),
            phase -> {})
        .execute();
  }

  @Test
  void copiesAreFoundAsPhotosOfTheirPeople() throws IOException {
    Lake lake = index();
    PlantedResult result = plant(lake, "planted");
    Lake planted = Lake.at(temp.resolve("planted/lake").toString());
    Map<String, Row> images = images(planted);

    // Three people on both sides and two on one, of two photos on a side.
    assertThat(result.people()).isEqualTo(5);
    assertThat(result.inBoth()).isEqualTo(3);
    assertThat(result.photos()).isEqualTo(16);
    assertThat(result.truth().copies()).hasSize(8);
    assertThat(images).hasSize(24);
    Map<String, String> names =
        result.truth().identities().stream()
            .collect(
                Collectors.toMap(PlantedTruth.Identity::identity, PlantedTruth.Identity::person));
    for (PlantedTruth.Copy copy : result.truth().copies()) {
      Row original = images.get(copy.uri());
      Row made = images.get(copy.copyUri());
      assertThat(made.<String>getAs(ImagesTable.DATASET)).isEqualTo(copy.copyDataset());
      assertThat(names.get(made.<String>getAs(ImagesTable.IDENTITY)))
          .isEqualTo(names.get(original.<String>getAs(ImagesTable.IDENTITY)));
      int width = original.getAs(ImagesTable.WIDTH);
      assertThat(made.<Integer>getAs(ImagesTable.WIDTH))
          .isEqualTo(copy.kind().equals("halved") ? width / 2 : width);
      assertThat(
              Long.bitCount(
                  made.<Long>getAs(ImagesTable.PERCEPTUAL_HASH)
                      ^ original.<Long>getAs(ImagesTable.PERCEPTUAL_HASH)))
          .isLessThan(10);
      assertThat(made.<String>getAs(ImagesTable.PIPELINE))
          .isEqualTo(original.getAs(ImagesTable.PIPELINE));
    }
    long faces = FacesTable.open(spark, planted).read().count();
    assertThat(result.truth().faces()).hasSize((int) faces);
    assertThat(faces).isGreaterThanOrEqualTo(16 + 8 - result.copiesWithoutFace());
  }

  private Map<String, Row> images(Lake lake) {
    return ImagesTable.open(spark, lake)
        .read()
        .where(col(ImagesTable.STATUS).notEqual("removed"))
        .collectAsList()
        .stream()
        .collect(Collectors.toMap(row -> row.getAs(ImagesTable.URI), row -> row));
  }
}
