package facelake.job;

import static org.assertj.core.api.Assertions.assertThat;

import facelake.TestData;
import facelake.TestSpark;
import facelake.match.PhotoRule;
import facelake.pipeline.GenderModel;
import facelake.step.cells.CellPlan;
import facelake.step.source.Layout;
import facelake.table.FacesTable;
import facelake.table.Lake;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known of some photos: how many faces and people are in them. */
class ClusterFactsIT {
  private static final double DLIB_THRESHOLD = 0.6;

  private final SparkSession spark = TestSpark.session();
  @TempDir private Path temp;

  @Test
  void dlibsCollageHasFourPeople() {
    index(TestData.dlibExamples().resolve("faces/bald_guys.jpg"), Layout.FLAT, GenderModel.NONE);

    ClusterResult result = cluster(Optional.of("bald_guys.jpg"), DLIB_THRESHOLD);
    assertThat(result.faces()).isEqualTo(24);
    assertThat(result.people()).isEqualTo(4);
  }

  @Test
  void theThresholdSeparatesTheFiveJohns() {
    index(TestData.dlibExamples().resolve("johns"), Layout.IDENTITY_FOLDERS, GenderModel.NONE);
    List<Row> faces = FacesTable.open(spark, lake()).read().collectAsList();

    assertThat(cluster(Optional.empty(), DLIB_THRESHOLD).people()).isEqualTo(5);
    assertThat(faces).hasSize(55);
    for (Row one : faces) {
      for (Row other : faces) {
        assertThat(distance(one, other) < DLIB_THRESHOLD)
            .as("%s and %s are one person", name(one), name(other))
            .isEqualTo(identity(one).equals(identity(other)));
      }
    }
  }

  @Test
  void dlibsModelsConfuseJapaneseMen() {
    TestData.modelOrSkip("gender-v1");
    index(TestData.sharedOrSkip("photos/taguchi"), Layout.FLAT, GenderModel.GENDER_V1);
    List<Row> faces = FacesTable.open(spark, lake()).read().collectAsList();

    assertThat(faces).hasSize(34);
    assertThat(faces)
        .filteredOn(face -> face.<String>getAs(FacesTable.URI).contains("/gender/"))
        .hasSize(10)
        .filteredOn(face -> face.getAs(FacesTable.GENDER).equals("female"))
        .hasSize(7);
    Optional<String> collage = Optional.of("JapaneseBaldActor.jpg");
    assertThat(cluster(collage, 0.5).people()).isEqualTo(4);
    assertThat(cluster(collage, DLIB_THRESHOLD).people()).isEqualTo(2);
  }

  private Lake lake() {
    return Lake.at(temp.toString());
  }

  private void index(Path photos, Layout layout, GenderModel gender) {
    EmbeddedIndex.run(photos, layout, "facts", lake(), gender);
  }

  private ClusterResult cluster(Optional<String> image, double threshold) {
    ClusterOptions options =
        new ClusterOptions(
            lake(),
            Optional.empty(),
            image,
            DistanceThreshold.fixed(threshold),
            PhotoRule.ANY_NUMBER,
            0,
            CellPlan.EXACT_UP_TO);
    return new ClusterJob(spark, options, phase -> {}).execute();
  }

  private static String identity(Row face) {
    return face.getAs(FacesTable.IDENTITY);
  }

  private static String name(Row face) {
    String uri = face.getAs(FacesTable.URI);
    return uri.substring(uri.lastIndexOf('/') + 1);
  }

  private static double distance(Row one, Row other) {
    List<Float> a = one.getList(one.fieldIndex(FacesTable.EMBEDDING));
    List<Float> b = other.getList(other.fieldIndex(FacesTable.EMBEDDING));
    double sum = 0;
    for (int i = 0; i < a.size(); i++) {
      double difference = a.get(i) - b.get(i);
      sum += difference * difference;
    }
    return Math.sqrt(sum);
  }
}
