package facelake.pipeline;

import facelake.dlib.FaceChips;
import facelake.dlib.NativeException;
import facelake.dlib.Picture;
import facelake.image.DecodedImage;
import facelake.image.ImageDecoder;
import facelake.image.ImageFailure;
import facelake.image.PerceptualHash;
import facelake.image.RgbImage;
import java.util.function.Consumer;

/** Prepares photos on the thread that asks. */
final class DirectPreparer implements PhotoPreparer {
  private final ImageDecoder decoder;
  private final FaceFinder finder;
  private final int chipSize;
  private final GenderClassifier gender;

  /**
   * Takes over the finder.
   *
   * @param chipSize pixels of a side of a chip
   * @param gender cuts its crops only, which any number of threads may do; stays open
   */
  DirectPreparer(ImageDecoder decoder, FaceFinder finder, int chipSize, GenderClassifier gender) {
    this.decoder = decoder;
    this.finder = finder;
    this.chipSize = chipSize;
    this.gender = gender;
  }

  @Override
  public <K> Photo<K> prepare(EncodedImage<K> source, Consumer<? super K> before) {
    Photo<K> photo = new Photo<>(source);
    if (source.failure() != null) {
      photo.fail(source.failure());
      return photo;
    }
    before.accept(source.key());
    try {
      DecodedImage decoded = decoder.decode(source.bytes());
      photo.decoded(decoded, PerceptualHash.of(decoded.image()));
      align(photo, decoded.image());
    } catch (ImageFailure failure) {
      photo.fail(failure);
    } catch (NativeException failure) {
      photo.fail(FacePipeline.nativeError(failure));
    }
    return photo;
  }

  private void align(Photo<?> photo, RgbImage image) {
    try (Picture picture = Picture.of(image)) {
      for (FaceFinder.Found found : finder.find(image, picture)) {
        byte[] chip =
            FaceChips.cut(picture, found.landmarks(), chipSize, FaceChips.RECOGNITION_PADDING);
        byte[] crops = gender.crops(picture, found.landmarks());
        photo.add(new AlignedFace(photo, found, Sharpness.of(chip, chipSize), chip, crops));
      }
    }
  }

  @Override
  public void close() {
    finder.close();
  }
}
