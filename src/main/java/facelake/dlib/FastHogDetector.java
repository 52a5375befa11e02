package facelake.dlib;

import java.util.List;

/**
 * dlib's frontal face detector on code of our own, faster: the filters, thresholds and boxes of
 * {@link HogDetector}, scores within 1e-4.
 *
 * <p>The features are those of Felzenszwalb, Girshick, McAllester and Ramanan, "Object Detection
 * with Discriminatively Trained Part Based Models" (2010). Pixels of the pyramid and directions of
 * gradients are exactly dlib's; sums are taken in another order, eight neighbours at a time, and
 * one level of the pyramid is in memory at a time.
 */
public final class FastHogDetector implements FaceDetector {
  private final NativeHandle<facelake.dlib.bindings.FastHogDetector> handle;

  private FastHogDetector(NativeHandle<facelake.dlib.bindings.FastHogDetector> handle) {
    this.handle = handle;
  }

  /** Opens the detector; the caller closes it. */
  public static FastHogDetector open() {
    return new FastHogDetector(
        NativeHandle.open(
            "loading", "the HOG detector", facelake.dlib.bindings.FastHogDetector::new));
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
  public FastHogDetector copy() {
    return new FastHogDetector(handle.copy(facelake.dlib.bindings.FastHogDetector::new));
  }

  @Override
  public void close() {
    handle.close();
  }
}
