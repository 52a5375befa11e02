package facelake.pipeline;

import facelake.dlib.FaceDetector;
import facelake.dlib.HogDetector;
import facelake.dlib.MmodDetector;
import java.util.List;
import java.util.Map;

/** Which face detector runs; the label is the value of {@code --detector}. */
public enum Detector {
  /** dlib's HOG detector: fast, frontal faces of about 80 pixels and more; needs no model file. */
  HOG("hog", List.of()) {
    @Override
    FaceDetector load(Map<String, byte[]> models) {
      return HogDetector.open();
    }
  },
  /** dlib's CNN detector: also turned, small and partly hidden faces; seconds for each photo. */
  MMOD("mmod", List.of("mmod")) {
    @Override
    FaceDetector load(Map<String, byte[]> models) {
      return MmodDetector.load("mmod", models.get("mmod"));
    }
  };

  private final String label;
  private final List<String> models;

  Detector(String label, List<String> models) {
    this.label = label;
    this.models = models;
  }

  abstract FaceDetector load(Map<String, byte[]> models);

  List<String> models() {
    return models;
  }

  @Override
  public String toString() {
    return label;
  }
}
