package facelake.step.export;

import facelake.Sha256;
import facelake.dlib.FaceChips;
import facelake.dlib.Landmarks;
import facelake.dlib.Picture;
import facelake.image.ImageDecoder;
import facelake.image.ImageFailure;
import facelake.image.JpegEncoder;
import facelake.image.RgbImage;
import facelake.step.source.Fetched;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the pictures of one photo: the photo as it is, or chips of its faces, aligned and padded as
 * those that the embedders see.
 *
 * @param chipSize pixels a side of a chip; 0 for the photo as it is
 */
record PictureMaker(int chipSize) implements Serializable {
  /** The extension of chips. */
  static final String CHIP = ".jpg";

  /** Hardly to be told from the chip, at a third of the size of PNG. */
  private static final float QUALITY = 0.95f;

  /**
   * A picture, or why there is none.
   *
   * @param bytes null where there is none
   * @param lost what became of the photo, where there is none
   */
  record Made(ExportOrder order, byte[] bytes, ExportedPicture lost) implements Serializable {}

  List<Made> make(Fetched photo, List<ExportOrder> orders) {
    List<Made> made = new ArrayList<>();
    List<ExportOrder> same = new ArrayList<>();
    for (ExportOrder order : orders) {
      if (photo.failure() != null) {
        made.add(
            lost(order, PhotoOutcome.MISSING, "cannot be read: " + photo.failure().getMessage()));
      } else if (!Sha256.hex(photo.bytes()).equals(order.imageId())) {
        made.add(lost(order, PhotoOutcome.CHANGED, "its content is not what was indexed"));
      } else {
        same.add(order);
      }
    }
    if (chipSize == 0) {
      same.forEach(order -> made.add(new Made(order, photo.bytes(), null)));
    } else if (!same.isEmpty()) {
      made.addAll(chips(photo.bytes(), same));
    }
    return made;
  }

  private List<Made> chips(byte[] photo, List<ExportOrder> orders) {
    try (Picture picture =
        Picture.of(new ImageDecoder(ImageDecoder.MOST_PIXELS).decode(photo).image())) {
      return orders.stream()
          .map(order -> new Made(order, chip(picture, order.landmarks()), null))
          .toList();
    } catch (ImageFailure e) {
      return orders.stream()
          .map(order -> lost(order, PhotoOutcome.FAILED, e.getMessage()))
          .toList();
    }
  }

  private byte[] chip(Picture picture, int[] landmarks) {
    byte[] chip =
        FaceChips.cut(picture, new Landmarks(landmarks), chipSize, FaceChips.RECOGNITION_PADDING);
    return JpegEncoder.encode(new RgbImage(chip, chipSize, chipSize), QUALITY);
  }

  private static Made lost(ExportOrder order, PhotoOutcome outcome, String reason) {
    return new Made(order, null, ExportedPicture.lost(order, outcome, reason));
  }
}
