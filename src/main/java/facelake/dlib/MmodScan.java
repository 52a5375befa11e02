package facelake.dlib;

import java.nio.FloatBuffer;
import java.util.List;

/**
 * What dlib's CNN face detector does before and after its convolutions, for whoever runs those
 * otherwise: tiles the pyramid of a picture, and turns the scores that come out into faces. Belongs
 * to one thread at a time.
 */
public final class MmodScan implements AutoCloseable {
  private final NativeHandle<facelake.dlib.bindings.MmodScan> handle;

  private MmodScan(NativeHandle<facelake.dlib.bindings.MmodScan> handle) {
    this.handle = handle;
  }

  static MmodScan of(NativeHandle<facelake.dlib.bindings.MmodDetector> detector) {
    return new MmodScan(
        detector.call(
            "copying",
            net ->
                NativeHandle.open(
                    "copying",
                    "the frame of the CNN detector",
                    () -> new facelake.dlib.bindings.MmodScan(net))));
  }

  /** The size of a pyramid that was tiled into one image. */
  public record Tiled(int width, int height) {}

  /** Enlarges a picture {@code upsample} times by two and tiles its pyramid. */
  public Tiled tile(Picture picture, int upsample) {
    return handle.call(
        "tiling",
        scan -> {
          scan.tile(picture.pointer("tiling"), upsample);
          return new Tiled(scan.tiled_width(), scan.tiled_height());
        });
  }

  /**
   * Writes rows of the image that was tiled last: {@code count * width * 3} floats, channels last,
   * (value - average) / 256, zero where the image ends before.
   *
   * @param out native memory
   */
  public void rows(int first, int count, int width, FloatBuffer out) {
    if (out.capacity() < 3L * count * width) {
      throw new IllegalArgumentException(
          "%d rows of %d pixels do not fit into %d floats".formatted(count, width, out.capacity()));
    }
    handle.call(
        "tiling",
        scan -> {
          scan.rows(first, count, width, out);
          return null;
        });
  }

  /**
   * The faces of the picture that was tiled last, best first: boxes by way of the pyramid, non-max
   * suppression.
   *
   * @param scores of the last layer, {@code height * width}, row by row
   */
  public List<Detection> detect(float[] scores, int width, int height, double adjust) {
    if (scores.length != (long) width * height) {
      throw new IllegalArgumentException(
          "%d scores are not %d x %d".formatted(scores.length, width, height));
    }
    return handle.call(
        "detection",
        scan -> Detections.read(scan.detect(scores, width, height, adjust), scan::detections));
  }

  @Override
  public void close() {
    handle.close();
  }
}
