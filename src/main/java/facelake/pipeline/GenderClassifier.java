package facelake.pipeline;

import facelake.dlib.Architecture;
import facelake.dlib.ChipNetwork;
import facelake.dlib.FaceChips;
import facelake.dlib.Landmarks;
import facelake.dlib.Picture;
import java.util.Arrays;
import java.util.Map;

/** Labels gender, or says nothing where no model was asked for. Belongs to one thread at a time. */
interface GenderClassifier extends AutoCloseable {
  /** Cuts what the network looks at for one face, {@link #cropsPerFace()} crops; empty for none. */
  byte[] crops(Picture picture, Landmarks landmarks);

  /** Classifies the crops of {@code faces} faces; null entries where there is no answer. */
  Gender[] classify(byte[] crops, int faces);

  /** A classifier for another thread. */
  GenderClassifier copy();

  @Override
  void close();

  /** Loads the classifier that was asked for. */
  static GenderClassifier load(PipelineOptions options, Map<String, byte[]> models) {
    return switch (options.genderModel()) {
      case NONE -> new NoClassifier();
      case GENDER_V1 ->
          new NetworkClassifier(
              network(Architecture.GENDER_CNN, options, models), ChipCrop.ALIGNED);
      case TAGUCHI_GENDER ->
          new NetworkClassifier(
              network(Architecture.GENDER_RESNET34, options, models), ChipCrop.RANDOM_CROPS);
    };
  }

  private static ChipNetwork network(
      Architecture architecture, PipelineOptions options, Map<String, byte[]> models) {
    String name = options.genderModel().toString();
    return options.engine().network(architecture, name, models.get(name), options.precision());
  }

  /** How the input of a network is cut from a photo. */
  enum ChipCrop {
    /** One aligned chip with dlib's default padding, as dlib's gender example does. */
    ALIGNED(1) {
      @Override
      byte[] cut(Picture picture, Landmarks landmarks, int size) {
        return FaceChips.cut(picture, landmarks, size, FaceChips.DEFAULT_PADDING);
      }
    },
    /**
     * Sixteen random crops of head and shoulders, always the same sixteen. Taguchi's demo crops the
     * raw photo, a portrait whose face box takes about two fifths of a side; the aligned region
     * with this padding looks so for any photo.
     */
    RANDOM_CROPS(16) {
      private static final double PORTRAIT_PADDING = 1.375;
      private static final int REGION_SIZE = 322;

      @Override
      byte[] cut(Picture picture, Landmarks landmarks, int size) {
        byte[] region = FaceChips.cut(picture, landmarks, REGION_SIZE, PORTRAIT_PADDING);
        return FaceChips.randomCrops(region, REGION_SIZE, size, perFace(), SEED);
      }
    };

    private static final long SEED = 1;

    private final int perFace;

    ChipCrop(int perFace) {
      this.perFace = perFace;
    }

    abstract byte[] cut(Picture picture, Landmarks landmarks, int size);

    int perFace() {
      return perFace;
    }
  }

  /** Says nothing. */
  record NoClassifier() implements GenderClassifier {
    @Override
    public byte[] crops(Picture picture, Landmarks landmarks) {
      return new byte[0];
    }

    @Override
    public Gender[] classify(byte[] crops, int faces) {
      return new Gender[faces];
    }

    @Override
    public GenderClassifier copy() {
      return this;
    }

    @Override
    public void close() {}
  }

  /** A network with classes female and male; the mean over a face's crops is the answer. */
  record NetworkClassifier(ChipNetwork network, ChipCrop crop) implements GenderClassifier {
    private static final int MALE = 1;

    @Override
    public byte[] crops(Picture picture, Landmarks landmarks) {
      return crop.cut(picture, landmarks, network.inputSize());
    }

    @Override
    public Gender[] classify(byte[] crops, int faces) {
      int bytesPerFace = faces == 0 ? 0 : crops.length / faces;
      Gender[] genders = new Gender[faces];
      if (crop.perFace() == 1) {
        float[] probabilities = network.forward(crops, faces);
        for (int face = 0; face < faces; face++) {
          genders[face] = new Gender(probabilities[2 * face + MALE]);
        }
        return genders;
      }
      for (int face = 0; face < faces; face++) {
        byte[] own = Arrays.copyOfRange(crops, face * bytesPerFace, (face + 1) * bytesPerFace);
        genders[face] = new Gender(meanOfMale(network.forward(own, crop.perFace())));
      }
      return genders;
    }

    private static float meanOfMale(float[] probabilities) {
      double sum = 0;
      for (int i = MALE; i < probabilities.length; i += 2) {
        sum += probabilities[i];
      }
      return (float) (sum / (probabilities.length / 2));
    }

    @Override
    public GenderClassifier copy() {
      return new NetworkClassifier(network.copy(), crop);
    }

    @Override
    public void close() {
      network.close();
    }
  }
}
