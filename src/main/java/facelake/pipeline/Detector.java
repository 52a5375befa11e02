package facelake.pipeline;

import facelake.dlib.FaceDetector;
import java.util.List;
import java.util.Map;

/** Which face detector runs; the label is the value of {@code --detector}. */
public enum Detector {
  /** dlib's HOG detector: fast, frontal faces of about 80 pixels and more; needs no model file. */
  HOG("hog", List.of()) {
    @Override
    FaceDetector load(PipelineOptions options, Map<String, byte[]> models) {
      return options.engine().hog();
    }
  },
  /** dlib's CNN detector: also turned, small and partly hidden faces. */
  MMOD("mmod", List.of("mmod")) {
    @Override
    FaceDetector load(PipelineOptions options, Map<String, byte[]> models) {
      return options.engine().mmod("mmod", models.get("mmod"), options.precision());
    }
  };

  private final String label;
  private final List<String> models;

  Detector(String label, List<String> models) {
    this.label = label;
    this.models = models;
  }

  /** Loads the detector; the caller closes it. */
  abstract FaceDetector load(PipelineOptions options, Map<String, byte[]> models);

  List<String> models() {
    return models;
  }

  @Override
  public String toString() {
    return label;
  }
}
