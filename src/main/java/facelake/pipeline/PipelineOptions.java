package facelake.pipeline;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How faces are found and described. Small and immutable: it travels to executors.
 *
 * @param detector finds the faces
 * @param detectionThreshold added to the detector's own threshold for scores; 0 is dlib's
 * @param upsample how many times the photo is doubled before detection, 0 or more
 * @param aligner places landmarks
 * @param embedder makes embeddings
 * @param genderModel labels gender
 * @param maxSide detection runs on a copy shrunk to this longer side, 0 for the photo as it is
 * @param minFace faces whose box has a shorter side in pixels are dropped
 * @param framing whether photos are whole or already face crops
 * @param maxPixels photos with more pixels are refused before they are decoded; no part of the
 *     fingerprint, since it changes no face
 */
public record PipelineOptions(
    Detector detector,
    double detectionThreshold,
    int upsample,
    Aligner aligner,
    Embedder embedder,
    GenderModel genderModel,
    int maxSide,
    int minFace,
    Framing framing,
    long maxPixels)
    implements Serializable {

  /** What is in the pictures. */
  public enum Framing {
    /** Any number of faces anywhere. */
    PHOTOS("photos"),
    /** One face each, cut out before, about in the middle. */
    CROPS("crops");

    private final String label;

    Framing(String label) {
      this.label = label;
    }

    @Override
    public String toString() {
      return label;
    }
  }

  /** The default limit on pixels, 100 megapixels. */
  public static final long DEFAULT_MAX_PIXELS = 100_000_000;

  /** HOG, five landmarks, resnet-v1, no gender, photos as they are. */
  public static PipelineOptions defaults() {
    return new PipelineOptions(
        Detector.HOG,
        0,
        0,
        Aligner.LANDMARKS_5,
        Embedder.RESNET_V1,
        GenderModel.NONE,
        0,
        0,
        Framing.PHOTOS,
        DEFAULT_MAX_PIXELS);
  }

  /** These options with another gender model. */
  public PipelineOptions with(GenderModel other) {
    return new PipelineOptions(
        detector,
        detectionThreshold,
        upsample,
        aligner,
        embedder,
        other,
        maxSide,
        minFace,
        framing,
        maxPixels);
  }

  /** The names of the model files that are needed. */
  public List<String> models() {
    List<String> names = new ArrayList<>(detector.models());
    names.add(aligner.toString());
    names.add(embedder.toString());
    names.addAll(genderModel.models());
    return names;
  }

  /** The options that shape the result, by the names of the command line, in a fixed order. */
  public Map<String, String> described() {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("detector", detector.toString());
    options.put("detection-threshold", Double.toString(detectionThreshold));
    options.put("upsample", Integer.toString(upsample));
    options.put("landmarks", aligner.toString());
    options.put("embedder", embedder.toString());
    options.put("gender", genderModel.toString());
    options.put("max-side", Integer.toString(maxSide));
    options.put("min-face", Integer.toString(minFace));
    options.put("framing", framing.toString());
    return options;
  }
}
