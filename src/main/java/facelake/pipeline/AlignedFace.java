package facelake.pipeline;

/** A face whose chips wait for the networks, and then what they said. */
final class AlignedFace {
  private final Photo<?> photo;
  private final FaceFinder.Found found;
  private final float sharpness;
  private byte[] chip;
  private byte[] crops;
  private Face described;

  AlignedFace(Photo<?> photo, FaceFinder.Found found, float sharpness, byte[] chip, byte[] crops) {
    this.photo = photo;
    this.found = found;
    this.sharpness = sharpness;
    this.chip = chip;
    this.crops = crops;
  }

  Photo<?> photo() {
    return photo;
  }

  byte[] chip() {
    return chip;
  }

  byte[] crops() {
    return crops;
  }

  /** The finished face; null while its chips wait. */
  Face described() {
    return described;
  }

  void describe(Gender gender, float[] embedding) {
    described =
        new Face(
            found.box().clippedTo(photo.picture().width(), photo.picture().height()),
            found.source(),
            found.score(),
            found.landmarks(),
            sharpness,
            Pose.of(found.landmarks()),
            gender,
            embedding);
    chip = null;
    crops = null;
  }
}
