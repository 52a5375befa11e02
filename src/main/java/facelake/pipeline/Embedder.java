package facelake.pipeline;

import facelake.dlib.Architecture;
import facelake.dlib.DlibNetwork;

/** Which network embeds faces; the label is the value of {@code --embedder} and a model's name. */
public enum Embedder {
  /** dlib's ResNet, trained on about three million faces, few of them from Asia. */
  RESNET_V1("resnet-v1", Architecture.RESNET_FACE),
  /** Taguchi's ResNet of the same shape, trained for Japanese faces. */
  TAGUCHI_RESNET_V1("taguchi-resnet-v1", Architecture.RESNET_FACE),
  /** A small DenseNet. */
  DENSENET_V1("densenet-v1", Architecture.DENSENET_FACE);

  private final String label;
  private final Architecture architecture;

  Embedder(String label, Architecture architecture) {
    this.label = label;
    this.architecture = architecture;
  }

  Architecture architecture() {
    return architecture;
  }

  /**
   * What a model of this kind was trained for.
   *
   * @param model the bytes of the model file
   * @throws facelake.dlib.DlibException if the file is not such a model
   */
  public DlibNetwork.MetricLoss loss(byte[] model) {
    try (DlibNetwork network = DlibNetwork.load(architecture, label, model)) {
      return network.metricLoss();
    }
  }

  @Override
  public String toString() {
    return label;
  }
}
