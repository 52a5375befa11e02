package facelake.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facelake.UserError;
import org.junit.jupiter.api.Test;

class ManifestTest {
  private final Manifest manifest = Manifest.bundled();

  @Test
  void namesEveryModelOnce() {
    assertThat(manifest.specs())
        .extracting(ModelSpec::name)
        .containsExactly(
            "resnet-v1",
            "taguchi-resnet-v1",
            "densenet-v1",
            "landmarks-5",
            "landmarks-68",
            "mmod",
            "gender-linear-v1",
            "gender-v1",
            "taguchi-gender",
            "imagenet-resnet34");
    assertThat(manifest.specs()).extracting(ModelSpec::file).doesNotHaveDuplicates();
  }

  @Test
  void saysWhatAModelIs() {
    ModelSpec resnet = manifest.spec("resnet-v1");
    assertThat(resnet.file()).isEqualTo("dlib_face_recognition_resnet_model_v1.dat");
    assertThat(resnet.kind()).isEqualTo(ModelKind.EMBEDDER);
    assertThat(resnet.bytes()).isEqualTo(22466066);
    assertThat(resnet.sha256()).startsWith("55533b28a958");
    assertThat(resnet.bz2Sha256()).startsWith("abb1f61041e4");
    assertThat(resnet.threshold()).isEqualTo(0.6);
    assertThat(resnet.at(ModelSource.Kind.DEBIAN)).contains(resnet.file());
    assertThat(resnet.isFetchable()).isTrue();
    assertThat(manifest.spec("taguchi-gender").isFetchable()).isFalse();
    assertThat(manifest.spec("gender-linear-v1").isBundled()).isTrue();
  }

  @Test
  void warnsWhereTheAuthorsDo() {
    assertThat(manifest.spec("taguchi-resnet-v1").notFor())
        .containsExactly("people with African roots", "people under 18", "people who wear a mask");
    assertThat(manifest.spec("landmarks-68").notFor())
        .anySatisfy(use -> assertThat(use).contains("commercial"));
    assertThat(manifest.spec("resnet-v1").notFor())
        .anySatisfy(use -> assertThat(use).contains("North-East Asian"));
  }

  @Test
  void everyHashIsOneOrUnknown() {
    assertThat(manifest.specs())
        .allSatisfy(
            spec -> {
              assertThat(spec.sha256() == null || spec.sha256().matches("[0-9a-f]{64}")).isTrue();
              assertThat(spec.bz2GitBlob() == null || spec.bz2GitBlob().matches("[0-9a-f]{40}"))
                  .isTrue();
              assertThat(spec.sha256() == null).isEqualTo(spec.bytes() == null);
            });
  }

  @Test
  void rejectsUnknownModelWithTheNearestName() {
    assertThatThrownBy(() -> manifest.spec("resnet1"))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("There is no model resnet1 (there are ")
        .hasMessageEndingWith("); did you mean resnet-v1?")
        .hasMessageContaining("landmarks-68, mmod");
  }
}
