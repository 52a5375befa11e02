package facelake.pipeline;

import facelake.net.Precision;
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
 * @param jitter the copies of its chip that an embedding is the mean of
 * @param genderModel labels gender
 * @param engine whose code runs
 * @param precision the numbers that the networks compute with
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
    Jitter jitter,
    GenderModel genderModel,
    Engine engine,
    Precision precision,
    int maxSide,
    int minFace,
    Framing framing,
    long maxPixels)
    implements Serializable {

  /** What is in the pictures. */
  public enum Framing {
    /** Any number of faces anywhere. */
    PHOTOS("photos", Double.NaN),
    /**
     * One face each, cut out before, about in the middle. Crops of training sets show the face box
     * at 0.4 (LFW) to 1 (tight) of the side; 0.6 overlaps all of them by more than what is asked
     * for.
     */
    CROPS("crops", 0.6),
    /** As in LFW: the face box takes 0.4 of the side, in the very middle. */
    LFW("lfw", 0.4);

    private final String label;
    private final double centre;

    Framing(String label, double centre) {
      this.label = label;
      this.centre = centre;
    }

    /** The side of the centred face box as a part of the crop's shorter side. */
    double centre() {
      return centre;
    }

    @Override
    public String toString() {
      return label;
    }
  }

  /** The default limit on pixels, 100 megapixels. */
  public static final long DEFAULT_MAX_PIXELS = 100_000_000;

  /** HOG, five landmarks, resnet-v1 on oneDNN in 32 bits, no gender, photos as they are. */
  public static PipelineOptions defaults() {
    return builder().build();
  }

  /** Options to be changed, the defaults at first. */
  public static Builder builder() {
    return new Builder();
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
    if (!jitter.equals(Jitter.NONE)) {
      options.put("jitter", jitter.toString());
    }
    options.put("gender", genderModel.toString());
    options.put("engine", engine.toString());
    options.put("precision", precision.toString());
    options.put("max-side", Integer.toString(maxSide));
    options.put("min-face", Integer.toString(minFace));
    options.put("framing", framing.toString());
    return options;
  }

  /** Options in the making; each method sets the one of its name. */
  public static final class Builder {
    private Detector detector = Detector.HOG;
    private double detectionThreshold;
    private int upsample;
    private Aligner aligner = Aligner.LANDMARKS_5;
    private Embedder embedder = Embedder.RESNET_V1;
    private Jitter jitter = Jitter.NONE;
    private GenderModel genderModel = GenderModel.NONE;
    private Engine engine = Engine.ONEDNN;
    private Precision precision = Precision.FP32;
    private int maxSide;
    private int minFace;
    private Framing framing = Framing.PHOTOS;
    private long maxPixels = DEFAULT_MAX_PIXELS;

    private Builder() {}

    public Builder detector(Detector value) {
      detector = value;
      return this;
    }

    public Builder detectionThreshold(double value) {
      detectionThreshold = value;
      return this;
    }

    public Builder upsample(int value) {
      upsample = value;
      return this;
    }

    public Builder aligner(Aligner value) {
      aligner = value;
      return this;
    }

    public Builder embedder(Embedder value) {
      embedder = value;
      return this;
    }

    public Builder jitter(Jitter value) {
      jitter = value;
      return this;
    }

    public Builder genderModel(GenderModel value) {
      genderModel = value;
      return this;
    }

    public Builder engine(Engine value) {
      engine = value;
      return this;
    }

    public Builder precision(Precision value) {
      precision = value;
      return this;
    }

    public Builder maxSide(int value) {
      maxSide = value;
      return this;
    }

    public Builder minFace(int value) {
      minFace = value;
      return this;
    }

    public Builder framing(Framing value) {
      framing = value;
      return this;
    }

    public Builder maxPixels(long value) {
      maxPixels = value;
      return this;
    }

    /** The options as they are now. */
    public PipelineOptions build() {
      return new PipelineOptions(
          detector,
          detectionThreshold,
          upsample,
          aligner,
          embedder,
          jitter,
          genderModel,
          engine,
          precision,
          maxSide,
          minFace,
          framing,
          maxPixels);
    }
  }
}
