package facelake.job;

/**
 * A photo of a labelled dataset.
 *
 * @param source the input that it came from
 * @param imageId sha256 of its bytes
 * @param person who it shows: the identity that the dataset gives it, or what is known better
 */
record LabelledPhoto(String uri, String source, String imageId, String person) {
  /** What it is wherever it lies; two photos of one person may be the same. */
  String key() {
    return person + '\n' + imageId;
  }
}
