package facelake.dlib;

import facelake.image.RgbImage;

/**
 * A picture in native memory, copied there once for detectors, landmarks and chips. Lives as long
 * as the work on one photo.
 */
public final class Picture implements AutoCloseable {
  private final NativeHandle<facelake.dlib.bindings.Picture> handle;
  private final int width;
  private final int height;

  private Picture(NativeHandle<facelake.dlib.bindings.Picture> handle, int width, int height) {
    this.handle = handle;
    this.width = width;
    this.height = height;
  }

  /** Copies the picture to native memory; the caller closes it. */
  public static Picture of(RgbImage image) {
    String subject = "a picture of " + image.width() + " x " + image.height();
    return new Picture(
        NativeHandle.open(
            "copying",
            subject,
            () -> new facelake.dlib.bindings.Picture(image.rgb(), image.width(), image.height())),
        image.width(),
        image.height());
  }

  /** Pixels across. */
  public int width() {
    return width;
  }

  /** Pixels down. */
  public int height() {
    return height;
  }

  facelake.dlib.bindings.Picture pointer(String operation) {
    return handle.call(operation, pointer -> pointer);
  }

  @Override
  public void close() {
    handle.close();
  }
}
