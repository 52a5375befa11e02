package facelake.job;

import facelake.dlib.Architecture;
import facelake.dlib.Box;
import facelake.dlib.ChipNetwork;
import facelake.dlib.FaceChips;
import facelake.dlib.FaceDetector;
import facelake.dlib.LandmarkPredictor;
import facelake.dlib.Picture;
import facelake.net.Precision;
import facelake.pipeline.Engine;
import facelake.pipeline.TestChip;

/**
 * What dlib's example programs do with a photo, detection, landmarks, chip, embedding, for a number
 * of photos with one face each. The face is always at the same place, found there or not, so that
 * all engines do the same.
 */
final class PhotoLoop implements Runnable, AutoCloseable {
  static final Box FACE = new Box(0, 0, TestChip.SIZE - 1, TestChip.SIZE - 1);

  private final FaceDetector detector;
  private final LandmarkPredictor predictor;
  private final ChipNetwork network;
  private final Picture picture;
  private final int photos;

  private PhotoLoop(
      FaceDetector detector,
      LandmarkPredictor predictor,
      ChipNetwork network,
      Picture picture,
      int photos) {
    this.detector = detector;
    this.predictor = predictor;
    this.network = network;
    this.picture = picture;
    this.photos = photos;
  }

  /** Loads an engine; the predictor and the picture stay the caller's. */
  static PhotoLoop open(
      Engine engine,
      Precision precision,
      byte[] embedder,
      LandmarkPredictor predictor,
      Picture picture,
      int photos) {
    ChipNetwork network =
        engine.network(Architecture.RESNET_FACE, "resnet-v1", embedder, precision);
    try {
      return new PhotoLoop(engine.hog(), predictor, network, picture, photos);
    } catch (RuntimeException | Error e) {
      network.close();
      throw e;
    }
  }

  @Override
  public void run() {
    int size = network.inputSize();
    byte[] all = new byte[photos * size * size * 3];
    for (int i = 0; i < photos; i++) {
      detector.detect(picture, 0, 0);
      byte[] chip =
          FaceChips.cut(
              picture, predictor.predict(picture, FACE), size, FaceChips.RECOGNITION_PADDING);
      System.arraycopy(chip, 0, all, i * chip.length, chip.length);
    }
    network.forward(all, photos);
  }

  @Override
  public void close() {
    detector.close();
    network.close();
  }
}
