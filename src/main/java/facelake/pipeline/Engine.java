package facelake.pipeline;

import facelake.dlib.Architecture;
import facelake.dlib.ChipNetwork;
import facelake.dlib.DlibNetwork;
import facelake.dlib.FaceDetector;
import facelake.dlib.FastHogDetector;
import facelake.dlib.HogDetector;
import facelake.dlib.MmodDetector;
import facelake.net.OnednnMmodDetector;
import facelake.net.OnednnNetwork;
import facelake.net.Precision;

/** Whose code finds and describes faces; the label is the value of {@code --engine}. */
public enum Engine {
  /**
   * Networks on oneDNN, and a faster HOG detector: several times as fast, the same results but for
   * rounding.
   */
  ONEDNN("onednn") {
    @Override
    public FaceDetector hog() {
      return FastHogDetector.open();
    }

    @Override
    public ChipNetwork network(
        Architecture architecture, String name, byte[] model, Precision precision) {
      try (DlibNetwork read = DlibNetwork.load(architecture, name, model)) {
        return OnednnNetwork.of(read, precision);
      }
    }

    @Override
    public FaceDetector mmod(String name, byte[] model, Precision precision) {
      MmodDetector read = MmodDetector.load(name, model);
      try {
        return OnednnMmodDetector.of(read, precision);
      } catch (RuntimeException | Error e) {
        read.close();
        throw e;
      }
    }
  },
  /** dlib's own code with OpenBLAS: the reference, in 32 bits only. */
  DLIB("dlib") {
    @Override
    public FaceDetector hog() {
      return HogDetector.open();
    }

    @Override
    public ChipNetwork network(
        Architecture architecture, String name, byte[] model, Precision precision) {
      return DlibNetwork.load(architecture, name, model);
    }

    @Override
    public FaceDetector mmod(String name, byte[] model, Precision precision) {
      return MmodDetector.load(name, model);
    }
  };

  private final String label;

  Engine(String label) {
    this.label = label;
  }

  /** Opens the HOG face detector; the caller closes it. */
  public abstract FaceDetector hog();

  /** Loads a network over chips; the caller closes it. */
  public abstract ChipNetwork network(
      Architecture architecture, String name, byte[] model, Precision precision);

  /** Loads the CNN face detector; the caller closes it. */
  public abstract FaceDetector mmod(String name, byte[] model, Precision precision);

  @Override
  public String toString() {
    return label;
  }
}
