package facelake.step.forget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facelake.TestSpark;
import facelake.UserError;
import facelake.match.Subject;
import facelake.step.source.Listing;
import facelake.step.source.SourceImage;
import facelake.table.ForgottenTable;
import facelake.table.Lake;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForgottenTest {
  private static final Traces ANN =
      new Traces(
          new TreeMap<>(),
          new TreeSet<>(List.of("content")),
          new TreeSet<>(List.of("file:/1.jpg")),
          new TreeSet<>(List.of(Traces.version("file:/1.jpg", "10:1"))),
          List.of(new Subject.Identity("a", "ann")),
          new TreeSet<>(),
          new TreeSet<>());

  private final SparkSession spark = TestSpark.session();
  @TempDir private Path temp;
  private Lake lake;

  @BeforeEach
  void forget() {
    lake = Lake.at(temp.toString());
    add(Forgotten.read(spark, lake));
  }

  private void add(Forgotten forgotten) {
    ForgottenTable.create(spark, lake).addNew(forgotten.rows(ANN, "run", Instant.EPOCH));
  }

  @Test
  void leavesOutTheSamePhotoAndNotAnotherOneOfTheSameName() {
    List<SourceImage> images =
        List.of(
            image("file:/1.jpg", null, "10:1"),
            image("file:/1.jpg", null, "10:2"),
            image("file:/2.jpg", "ann", "10:1"),
            image("file:/3.jpg", "ben", "10:1"));
    Listing listing =
        new Listing(
            spark.createDataFrame(
                images.stream().map(SourceImage::row).toList(), SourceImage.SCHEMA),
            4,
            new TreeMap<>(),
            List.of());

    assertThat(
            Forgotten.read(spark, lake).without(listing, "a").images().collectAsList().stream()
                .map(SourceImage::of))
        .containsExactly(images.get(1), images.get(3));
  }

  @Test
  void refusesATableOfTwoSalts() {
    add(Forgotten.read(spark, Lake.at(temp.resolve("other").toString())));
    assertThatThrownBy(() -> Forgotten.read(spark, lake))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("has 2 salts, and a lake has one");
  }

  private static SourceImage image(String uri, String identity, String version) {
    return new SourceImage(uri, "file:/", identity, 10, version, uri, 0);
  }
}
