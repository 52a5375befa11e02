package facelake.pipeline;

import facelake.dlib.Box;
import facelake.dlib.Detection;
import facelake.dlib.FaceDetector;
import facelake.dlib.LandmarkPredictor;
import facelake.dlib.Landmarks;
import facelake.dlib.Picture;
import facelake.image.RgbImage;
import java.util.ArrayList;
import java.util.List;

/** Finds and aligns the faces of one picture. Belongs to one thread at a time. */
final class FaceFinder implements AutoCloseable {
  /**
   * A face crop holds a face, so that a weak detection is better than none: the adjustment of
   * dlib's threshold that its LFW protocol uses.
   */
  private static final double CROP_THRESHOLD = -0.9;

  /** A detection in a crop must overlap the centred box by this much, as in dlib's LFW protocol. */
  private static final double CROP_OVERLAP = 0.3;

  private final PipelineOptions options;
  private final FaceDetector detector;
  private final LandmarkPredictor predictor;

  /** Takes over the detector; the landmark predictor is shared and stays open. */
  FaceFinder(PipelineOptions options, FaceDetector detector, LandmarkPredictor predictor) {
    this.options = options;
    this.detector = detector;
    this.predictor = predictor;
  }

  /** A face with a place, before it is described. */
  record Found(Box box, Face.BoxSource source, Float score, Landmarks landmarks) {}

  /** Finds the faces, best first. */
  List<Found> find(RgbImage image, Picture picture) {
    return switch (options.framing()) {
      case PHOTOS ->
          detect(image, picture, options.detectionThreshold()).stream()
              .filter(detection -> isLargeEnough(detection.box(), picture))
              .map(detection -> aligned(picture, detection))
              .toList();
      case CROPS, LFW -> List.of(mainFace(image, picture));
    };
  }

  private List<Detection> detect(RgbImage image, Picture picture, double threshold) {
    int longer = Math.max(picture.width(), picture.height());
    if (options.maxSide() == 0 || longer <= options.maxSide()) {
      return detector.detect(picture, options.upsample(), threshold);
    }
    double scale = (double) longer / options.maxSide();
    List<Detection> detections = new ArrayList<>();
    try (Picture small = Picture.of(image.shrunkTo(options.maxSide()))) {
      for (Detection found : detector.detect(small, options.upsample(), threshold)) {
        detections.add(new Detection(found.box().scaled(scale), found.score()));
      }
    }
    return detections;
  }

  private boolean isLargeEnough(Box box, Picture picture) {
    Box visible = box.clippedTo(picture.width(), picture.height());
    int shorter = Math.min(visible.width(), visible.height());
    return shorter >= Math.max(options.minFace(), 1);
  }

  private Found mainFace(RgbImage image, Picture picture) {
    Box centre = centredBox(picture);
    return detect(image, picture, options.detectionThreshold() + CROP_THRESHOLD).stream()
        .filter(detection -> detection.box().overlap(centre) >= CROP_OVERLAP)
        // Of equal ones the first, as in dlib's protocol.
        .reduce((a, b) -> b.box().overlap(centre) > a.box().overlap(centre) ? b : a)
        .map(detection -> aligned(picture, detection))
        .orElseGet(
            () ->
                new Found(centre, Face.BoxSource.CENTRE, null, predictor.predict(picture, centre)));
  }

  /** To the pixel where dlib's {@code centered_rect} puts it. */
  private Box centredBox(Picture picture) {
    double share = options.framing().centre();
    int side = Math.max(1, (int) Math.round(share * Math.min(picture.width(), picture.height())));
    int left = (picture.width() - 1) / 2 - side / 2;
    int top = (picture.height() - 1) / 2 - side / 2;
    return new Box(left, top, left + side - 1, top + side - 1);
  }

  private Found aligned(Picture picture, Detection detection) {
    return new Found(
        detection.box(),
        Face.BoxSource.DETECTOR,
        detection.score(),
        predictor.predict(picture, detection.box()));
  }

  @Override
  public void close() {
    detector.close();
  }
}
