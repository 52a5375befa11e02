package facelake.pipeline;

import facelake.Sha256;
import facelake.image.DecodedImage;
import facelake.image.ImageFailure;
import java.util.ArrayList;
import java.util.List;

/** A photo on its way through a pipeline: what is known of it so far. */
final class Photo<K> {
  private final K key;
  private final String imageId;
  private final Long bytes;
  private final List<AlignedFace> aligned = new ArrayList<>();
  private ProcessedImage.PictureFacts picture;
  private ImageFailure failure;

  /** Keeps what is told of the file, not the file: many photos may wait at once. */
  Photo(EncodedImage<K> source) {
    byte[] content = source.bytes();
    key = source.key();
    imageId = content == null ? null : Sha256.hex(content);
    bytes = content == null ? null : (long) content.length;
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
    return new ProcessedImage<>(
        key,
        imageId,
        bytes,
        picture,
        aligned.stream().map(AlignedFace::described).toList(),
        failure);
  }
}
