package facelake.pipeline;

import facelake.dlib.DlibNetwork;
import facelake.dlib.FaceDetector;
import facelake.dlib.LandmarkPredictor;
import facelake.image.ImageDecoder;
import java.util.Map;

/**
 * The models of a pipeline, loaded: expensive, so once per JVM. Opens pipelines for any number of
 * threads; must stay open as long as they do.
 */
public final class FaceModels implements AutoCloseable {
  private final PipelineOptions options;
  private final FaceDetector detector;
  private final LandmarkPredictor landmarks;
  private final DlibNetwork embedder;
  private final GenderClassifier gender;

  private FaceModels(
      PipelineOptions options,
      FaceDetector detector,
      LandmarkPredictor landmarks,
      DlibNetwork embedder,
      GenderClassifier gender) {
    this.options = options;
    this.detector = detector;
    this.landmarks = landmarks;
    this.embedder = embedder;
    this.gender = gender;
  }

  /**
   * Loads the models; the caller closes them.
   *
   * @param models the bytes of each file of {@link PipelineOptions#models()}, by name
   * @throws facelake.dlib.DlibException if a file is not the model it should be
   */
  public static FaceModels load(PipelineOptions options, Map<String, byte[]> models) {
    String aligner = options.aligner().toString();
    String embedder = options.embedder().toString();
    return new FaceModels(
        options,
        options.detector().load(models),
        LandmarkPredictor.load(aligner, models.get(aligner)),
        DlibNetwork.load(options.embedder().architecture(), embedder, models.get(embedder)),
        GenderClassifier.load(options.genderModel(), models));
  }

  /** A pipeline for one thread; the caller closes it. */
  public FacePipeline open() {
    return new FacePipeline(
        new ImageDecoder(options.maxPixels()),
        new FaceFinder(options, detector.copy(), landmarks),
        embedder.copy(),
        gender.copy());
  }

  @Override
  public void close() {
    detector.close();
    landmarks.close();
    embedder.close();
    gender.close();
  }
}
