package facelake.pipeline;

import facelake.model.VerifiedModel;
import java.util.List;

/** What labels gender; the label is a value of {@code --gender}. */
public enum GenderModel {
  /** No gender labels. */
  NONE("none", null),
  /** facelake's own linear classifier on embeddings of resnet-v1: costs nothing beside them. */
  GENDER_LINEAR_V1("gender-linear-v1", "gender-linear-v1"),
  /** dlib's small network; wrong for many East Asian men. */
  GENDER_V1("gender-v1", "gender-v1"),
  /** Taguchi's ResNet-34, trained for Japanese faces; about a hundred times the work. */
  TAGUCHI_GENDER("taguchi-gender", "taguchi-gender"),
  /** The same network on one crop instead of sixteen. */
  TAGUCHI_GENDER_ONE_CROP("taguchi-gender-one-crop", "taguchi-gender"),
  /** A linear classifier that the user trained; {@code --gender FILE} names its file. */
  OWN_LINEAR("own-linear", "own-linear");

  private final String label;
  private final String model;

  GenderModel(String label, String model) {
    this.label = label;
    this.model = model;
  }

  /** The best that needs no file beside those of the embedder. */
  public static GenderModel defaultFor(Embedder embedder) {
    return embedder == Embedder.RESNET_V1 ? GENDER_LINEAR_V1 : NONE;
  }

  /** The name of its model file; null where it has none. */
  String model() {
    return model;
  }

  List<String> models() {
    return model == null ? List.of() : List.of(model);
  }

  private boolean isLinear() {
    return this == GENDER_LINEAR_V1 || this == OWN_LINEAR;
  }

  /**
   * Makes sure that a linear classifier is asked of the embeddings that it was trained on.
   *
   * @param models the files of {@link PipelineOptions#models}
   * @throws facelake.UserError if it was trained on others, or if its file is broken
   */
  public static void requireFitting(PipelineOptions options, List<VerifiedModel> models) {
    GenderModel gender = options.genderModel();
    if (gender.isLinear()) {
      LinearGender.parse(gender.model, named(gender.model, models).bytes())
          .requireEmbedder(
              gender.model,
              options.embedder(),
              named(options.embedder().toString(), models).sha256());
    }
  }

  private static VerifiedModel named(String name, List<VerifiedModel> models) {
    return models.stream()
        .filter(model -> model.spec().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public String toString() {
    return label;
  }
}
