package facelake.dlib;

/** The shapes of network that dlib's face models come in; a model file fits exactly one. */
public enum Architecture {
  /** 29 convolutions, chip of 150 to 128 numbers: resnet-v1 and taguchi-resnet-v1. */
  RESNET_FACE("resnet-face"),
  /** DenseNet with growth 16, chip of 150 to 128 numbers: densenet-v1. */
  DENSENET_FACE("densenet-face"),
  /** Four convolutions, chip of 32 to the probabilities of female and male: gender-v1. */
  GENDER_CNN("gender-cnn"),
  /** ResNet-34, crop of 150 to the probabilities of female and male: taguchi-gender. */
  GENDER_RESNET34("gender-resnet34"),
  /** ResNet-34, crop of 227 to the probabilities of 1000 classes: imagenet-resnet34. */
  IMAGENET_RESNET34("imagenet-resnet34");

  private final String label;

  Architecture(String label) {
    this.label = label;
  }

  /** The name by which the native library knows it. */
  public String label() {
    return label;
  }
}
