package facelake.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facelake.TestData;
import facelake.TestSpark;
import facelake.UserError;
import facelake.eval.GenderScores;
import facelake.job.EvaluateGenderOptions.Classifier;
import facelake.job.EvaluateGenderOptions.Truth;
import facelake.model.VerifiedModel;
import facelake.pipeline.GenderModel;
import facelake.pipeline.PipelineOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateGenderIT {
  @TempDir private Path temp;

  /** dlib's five men, in folders of their names below one called men. */
  @Test
  void knowsMenByTheirFolders() throws IOException {
    Path men = Files.createDirectories(temp.resolve("photos/men"));
    link(TestData.dlibExamples().resolve("johns"), men.resolve("johns"));
    Path elsewhere = Files.createDirectories(temp.resolve("photos/dogs"));
    link(TestData.dlibExamples().resolve("faces/dogs.jpg"), elsewhere.resolve("dogs.jpg"));
    Path out = temp.resolve("out.json");

    EvaluateGenderResult result =
        run(
            temp.resolve("photos"),
            new Truth.Folders("men", "women"),
            Optional.of(out.toString()),
            GenderModel.GENDER_LINEAR_V1);

    assertThat(result.images()).isEqualTo(55);
    GenderScores all = result.classifiers().get(0).scores().get(0);
    assertThat(all.men().faces()).isEqualTo(55);
    assertThat(all.men().rightAtOneHalf()).isEqualTo(55);
    assertThat(all.men().male()).isGreaterThan(50);
    assertThat(all.women().faces()).isZero();
    assertThat(out).content().contains("\"called-male\"");
  }

  @Test
  void tellsImagesWithoutAFaceAndThoseThatAreMissing() throws IOException {
    Path photos = temp.resolve("photos");
    Files.createDirectories(photos);
    link(TestData.dlibExamples().resolve("faces/dogs.jpg"), photos.resolve("dogs.jpg"));
    link(TestData.dlibExamples().resolve("faces/bald_guys.jpg"), photos.resolve("bald_guys.jpg"));
    Path labels =
        Files.writeString(
            temp.resolve("labels.csv"),
            "image,gender\ndogs.jpg,male\nbald_guys.jpg,male\ngone.jpg,female\n");

    EvaluateGenderResult result =
        run(
            photos,
            new Truth.Labels(labels.toString()),
            Optional.empty(),
            GenderModel.GENDER_LINEAR_V1);

    assertThat(result.missing()).containsExactly("gone.jpg");
    assertThat(result.classifiers().get(0).withoutFace()).containsExactly("dogs.jpg");
    assertThat(result.classifiers().get(0).scores().get(0).accuracy().trials()).isEqualTo(1);
    assertThatThrownBy(
            () ->
                run(
                    photos,
                    new Truth.Folders("men", "women"),
                    Optional.empty(),
                    GenderModel.GENDER_LINEAR_V1))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("none of the 2 images")
        .hasMessageContaining("is in a folder men or women");
  }

  /** All ten are men; dlib's network takes seven of them for women. */
  @Test
  void seesMoreOfTheYoungJapaneseActorsAsMenThanGenderV1() {
    Path actors = TestData.sharedOrSkip("photos/taguchi/gender");

    EvaluateGenderResult result =
        run(
            actors,
            new Truth.Folders("gender", "women"),
            Optional.empty(),
            GenderModel.GENDER_LINEAR_V1,
            GenderModel.GENDER_V1);

    assertThat(result.classifiers())
        .extracting(classifier -> classifier.scores().get(0).men().rightAtOneHalf())
        .containsExactly(7L, 3L);
  }

  private static void link(Path target, Path link) throws IOException {
    Files.createSymbolicLink(link, target.toAbsolutePath());
  }

  private static EvaluateGenderResult run(
      Path photos, Truth truth, Optional<String> out, GenderModel... genders) {
    List<Classifier> classifiers =
        Stream.of(genders)
            .map(
                gender ->
                    new Classifier(
                        gender.toString(), PipelineOptions.builder().genderModel(gender).build()))
            .toList();
    List<VerifiedModel> models =
        classifiers.stream()
            .flatMap(classifier -> classifier.pipeline().models().stream())
            .distinct()
            .map(TestData::modelOrSkip)
            .toList();
    return new EvaluateGenderJob(
            TestSpark.session(),
            new EvaluateGenderOptions(List.of(photos.toString()), truth, classifiers, out),
            models,
            IndexWatcher.NONE)
        .execute();
  }
}
