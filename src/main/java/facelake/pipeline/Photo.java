package facelake.pipeline;

import facelake.image.DecodedImage;
import facelake.image.ImageFailure;
import java.util.ArrayList;
import java.util.List;

/** A photo on its way through a pipeline: what is known of it so far. */
final class Photo<K> {
  private final EncodedImage<K> source;
  private final List<AlignedFace> aligned = new ArrayList<>();
  private ProcessedImage.PictureFacts picture;
  private ImageFailure failure;

  Photo(EncodedImage<K> source) {
    this.source = source;
  }

  void decoded(DecodedImage decoded, long perceptualHash) {
    picture =
        new ProcessedImage.PictureFacts(
            decoded.image().width(),
            decoded.image().height(),
            decoded.format(),
            decoded.orientation(),
            perceptualHash);
  }

  void add(AlignedFace face) {
    aligned.add(face);
  }

  /** Ends the photo; its faces are dropped, so that a failed photo never shows some of them. */
  void fail(ImageFailure failure) {
    this.failure = failure;
    aligned.clear();
  }

  List<AlignedFace> aligned() {
    return aligned;
  }

  ProcessedImage.PictureFacts picture() {
    return picture;
  }

  /** Whether every face is described. */
  boolean isComplete() {
    return aligned.stream().allMatch(face -> face.described() != null);
  }

  ProcessedImage<K> result() {
    byte[] bytes = source.bytes();
    return new ProcessedImage<>(
        source.key(),
        bytes == null ? null : Sha256.hex(bytes),
        bytes == null ? null : (long) bytes.length,
        picture,
        aligned.stream().map(AlignedFace::described).toList(),
        failure);
  }
}
