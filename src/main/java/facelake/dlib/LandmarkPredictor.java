package facelake.dlib;

/**
 * dlib's shape predictor, which places 5 or 68 landmarks in the box of a face. Several threads may
 * use one at once.
 */
public final class LandmarkPredictor implements AutoCloseable {
  private final NativeHandle<facelake.dlib.bindings.ShapePredictor> handle;
  private final int parts;

  private LandmarkPredictor(NativeHandle<facelake.dlib.bindings.ShapePredictor> handle) {
    this.handle = handle;
    this.parts = handle.call("loading", facelake.dlib.bindings.ShapePredictor::parts);
  }

  /**
   * Reads the predictor; the caller closes it.
   *
   * @param name the model's name, for messages
   * @param model the bytes of the decompressed model file
   */
  public static LandmarkPredictor load(String name, byte[] model) {
    return new LandmarkPredictor(
        NativeHandle.open(
            "loading",
            "model " + name,
            () -> new facelake.dlib.bindings.ShapePredictor(model, model.length)));
  }

  /** How many landmarks it places, 5 or 68. */
  public int parts() {
    return parts;
  }

  /** Places the landmarks of the face in the box. */
  public Landmarks predict(Picture picture, Box box) {
    int[] xy = new int[2 * parts];
    handle.call(
        "landmarks",
        predictor -> {
          predictor.predict(picture.pointer("landmarks"), box.corners(), xy);
          return null;
        });
    return new Landmarks(xy);
  }

  @Override
  public void close() {
    handle.close();
  }
}
