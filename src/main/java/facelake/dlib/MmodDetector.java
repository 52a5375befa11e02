package facelake.dlib;

import java.util.List;

/**
 * dlib's CNN face detector (max-margin object detection), run by dlib's own CPU code. Better than
 * HOG on turned, small and partly hidden faces, and much slower.
 */
public final class MmodDetector implements FaceDetector {
  private final NativeHandle<facelake.dlib.bindings.MmodDetector> handle;

  private MmodDetector(NativeHandle<facelake.dlib.bindings.MmodDetector> handle) {
    this.handle = handle;
  }

  /**
   * Reads the detector; the caller closes it.
   *
   * @param name the model's name, for messages
   * @param model the bytes of the decompressed model file
   */
  public static MmodDetector load(String name, byte[] model) {
    return new MmodDetector(
        NativeHandle.open(
            "loading",
            "model " + name,
            () -> new facelake.dlib.bindings.MmodDetector(model, model.length)));
  }

  /** The layers between {@link MmodScan}'s two halves; the caller closes them. */
  public NetworkLayers layers() {
    return NetworkLayers.ofDetector(handle);
  }

  /** The parts around the layers; the caller closes them. */
  public MmodScan scan() {
    return MmodScan.of(handle);
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
  public MmodDetector copy() {
    return new MmodDetector(handle.copy(facelake.dlib.bindings.MmodDetector::new));
  }

  @Override
  public void close() {
    handle.close();
  }
}
