package facelake.dlib;

import java.util.List;

/**
 * dlib's frontal face detector: histograms of oriented gradients, five linear filters over an image
 * pyramid, faces of about 80 pixels and more. Its weights are part of dlib. The reference for
 * {@link FastHogDetector}.
 */
public final class HogDetector implements FaceDetector {
  private final NativeHandle<facelake.dlib.bindings.HogDetector> handle;

  private HogDetector(NativeHandle<facelake.dlib.bindings.HogDetector> handle) {
    this.handle = handle;
  }

  /** Opens the detector; the caller closes it. */
  public static HogDetector open() {
    return new HogDetector(
        NativeHandle.open("loading", "the HOG detector", facelake.dlib.bindings.HogDetector::new));
  }

  @Override
  public List<Detection> detect(Picture picture, int upsample, double adjust) {
    return handle.call(
        "detection",
        detector ->
            Detections.read(
                detector.detect(picture.pointer("detection"), upsample, adjust),
                detector::detections));
  }

  @Override
  public HogDetector copy() {
    return new HogDetector(handle.copy(facelake.dlib.bindings.HogDetector::new));
  }

  @Override
  public void close() {
    handle.close();
  }
}
