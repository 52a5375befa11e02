package facelake.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import facelake.TestSpark;
import facelake.UserError;
import facelake.table.Lake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the site tells of two albums of dlib's five men, with a wrong label and broken files. */
class ReviewIT {
  @TempDir private static Path temp;
  private static Lake lake;

  @BeforeAll
  static void fillLake() throws IOException {
    lake = AlbumsLake.shared();
  }

  @Test
  void showsWhatTheTablesHold() throws IOException {
    ReviewResult result = review("site", 2000, false);

    assertThat(result.unseen()).isEmpty();
    JsonNode manifest = data("site", "manifest");
    assertThat(manifest.path("summary").path("datasets").size()).isEqualTo(2);
    assertThat(manifest.path("sections").path("people").path("total").asInt()).isEqualTo(5);
    JsonNode people = data("site", "people-1");
    assertThat(people.size()).isEqualTo(5);
    for (JsonNode person : people) {
      assertThat(texts(person.path("datasets"))).containsExactly("album-a", "album-b");
      assertThat(person.path("shown").size()).isEqualTo(person.path("faces").asInt());
    }
    JsonNode merges = data("site", "merges-1");
    // Five identities of each album, and the face under a wrong name with both of its own.
    assertThat(merges.size()).isEqualTo(7);
    for (JsonNode merge : merges) {
      assertThat(merge.path("verdict").asText()).isEqualTo("same");
      assertThat(merge.path("best").path("distance").asDouble())
          .isLessThanOrEqualTo(merge.path("worst").path("distance").asDouble());
    }
    JsonNode ofFaces = merges.get(0).path("choices").path(0).path("decision");
    assertThat(merges.get(0).path("a").path("label").asText()).contains("person-2 (part 1)");
    assertThat(ofFaces.path("decision").asText()).isEqualTo("same");
    assertThat(ofFaces.path("face_a").asText()).hasSize(32);
    JsonNode ofLabels = merges.get(6).path("choices").path(1).path("decision");
    assertThat(ofLabels.path("decision").asText()).isEqualTo("different");
    assertThat(ofLabels.path("identity_b").asText()).startsWith("guest-");
    JsonNode labels = data("site", "labels-1");
    JsonNode outlier = labels.get(0);
    assertThat(outlier.path("kind").asText()).isEqualTo("outlier");
    assertThat(outlier.path("face").path("name").asText()).isEqualTo(AlbumsLake.HOSTILE);
    assertThat(outlier.path("proposed").asText()).isNotEmpty();
    assertThat(outlier.path("choices").size()).isEqualTo(3);
    JsonNode failures = data("site", "failures-1");
    assertThat(failures.findValuesAsText("class")).containsExactly("not-an-image", "truncated");
    JsonNode duplicates = data("site", "duplicates-1");
    assertThat(duplicates.get(0).path("copies").size()).isEqualTo(2);
    assertThat(site("site", duplicates.get(0).path("copies").get(0).path("image"), "photos"))
        .exists();
    assertThat(site("site", outlier.path("face").path("id"), "faces")).exists();
  }

  @Test
  void keepsPicturesAndRemovesThoseThatAreNotShown() throws IOException {
    review("again", 2000, false);
    List<Path> pictures = pictures("again");
    Files.setLastModifiedTime(pictures.get(0), FileTime.fromMillis(0));
    Path stranger =
        Files.createDirectories(temp.resolve("again/pictures-plain/faces/zz")).resolve("zz.jpg");
    Files.write(stranger, new byte[1]);
    Path old = script("again", "people-1");

    review("again", 2000, false);

    assertThat(pictures("again")).isEqualTo(pictures);
    assertThat(Files.getLastModifiedTime(pictures.get(0)).toMillis()).isZero();
    assertThat(old).doesNotExist();
    assertThat(stranger).doesNotExist();
  }

  @Test
  void leavesNoPlainFaceInABlurredSite() throws IOException {
    review("blurred", 2000, false);
    long plain = Files.size(pictures("blurred").get(0));

    review("blurred", 2000, true);

    assertThat(data("blurred", "manifest").path("blurred").asBoolean()).isTrue();
    assertThat(pictures("blurred")).isNotEmpty();
    for (Path picture : pictures("blurred")) {
      assertThat(Files.size(picture)).isLessThan(plain / 3);
    }
  }

  @Test
  void showsSoMuchAndNoMore() throws IOException {
    ReviewResult result = review("few", 2, false);

    assertThat(result.sections().get(0)).isEqualTo(new ReviewResult.Shown("people", 2, 5));
    assertThat(data("few", "people-1").size()).isEqualTo(2);
    assertThat(data("few", "manifest").path("sections").path("people").path("note").asText())
        .contains("The largest ones.");
  }

  @Test
  void refusesAFolderOfSomethingElseAndALakeWithoutImages() throws IOException {
    Path others = Files.createDirectories(temp.resolve("others"));
    Path kept = Files.writeString(others.resolve("notes.txt"), "mine");

    assertThatThrownBy(() -> review("others", 10, false))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("holds something else than a review site (notes.txt)");
    assertThat(kept).hasContent("mine");
    assertThatThrownBy(
            () ->
                new ReviewJob(
                        TestSpark.session(),
                        new ReviewOptions(
                            Lake.at(temp.resolve("no-lake").toString()),
                            temp.resolve("new").toString(),
                            10,
                            false),
                        phase -> {})
                    .execute())
        .isInstanceOf(UserError.class);
    assertThat(temp.resolve("new")).doesNotExist();
  }

  private static ReviewResult review(String folder, int most, boolean blur) {
    return new ReviewJob(
            TestSpark.session(),
            new ReviewOptions(lake, temp.resolve(folder).toString(), most, blur),
            phase -> {})
        .execute();
  }

  /** The JSON inside a script of data. */
  private static JsonNode data(String folder, String name) throws IOException {
    String script = Files.readString(script(folder, name));
    int from = script.startsWith("facelake.manifest") ? script.indexOf('{') : script.indexOf('[');
    return new ObjectMapper().readTree(script.substring(from, script.lastIndexOf(");")));
  }

  private static Path script(String folder, String name) throws IOException {
    try (Stream<Path> all = Files.walk(temp.resolve(folder).resolve("data"))) {
      return all.filter(path -> path.endsWith(name + ".js")).findFirst().orElseThrow();
    }
  }

  private static Path site(String folder, JsonNode id, String kind) {
    return temp.resolve(folder)
        .resolve("pictures-plain")
        .resolve(kind)
        .resolve(id.asText().substring(0, 2))
        .resolve(id.asText() + ".jpg");
  }

  private static List<Path> pictures(String folder) throws IOException {
    try (Stream<Path> all = Files.walk(temp.resolve(folder))) {
      return all.filter(path -> path.toString().endsWith(".jpg")).sorted().toList();
    }
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(node -> texts.add(node.asText()));
    return texts;
  }
}
