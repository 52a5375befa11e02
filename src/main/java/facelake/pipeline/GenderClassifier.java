package facelake.pipeline;

import facelake.Sha256;
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

  /**
   * Classifies faces; null entries where nothing was asked.
   *
   * @param crops those of all faces, one after the other
   * @param embeddings one for each face
   */
  Gender[] classify(byte[] crops, float[][] embeddings);

  /** A classifier for another thread. */
  GenderClassifier copy();

  @Override
  void close();

  /** Loads the classifier that was asked for. */
  static GenderClassifier load(PipelineOptions options, Map<String, byte[]> models) {
    return switch (options.genderModel()) {
      case NONE -> new NoClassifier();
      case GENDER_LINEAR_V1, OWN_LINEAR -> new LinearClassifier(linear(options, models));
      case GENDER_V1 ->
          new NetworkClassifier(
              network(Architecture.GENDER_CNN, options, models), ChipCrop.ALIGNED);
      case TAGUCHI_GENDER ->
          new NetworkClassifier(
              network(Architecture.GENDER_RESNET34, options, models), ChipCrop.RANDOM_CROPS);
      case TAGUCHI_GENDER_ONE_CROP ->
          new NetworkClassifier(
              network(Architecture.GENDER_RESNET34, options, models), ChipCrop.ONE_CROP);
    };
  }

  private static LinearGender linear(PipelineOptions options, Map<String, byte[]> models) {
    String name = options.genderModel().model();
    LinearGender linear = LinearGender.parse(name, models.get(name));
    byte[] embedder = models.get(options.embedder().toString());
    linear.requireEmbedder(name, options.embedder(), Sha256.hex(embedder));
    return linear;
  }

  private static ChipNetwork network(
      Architecture architecture, PipelineOptions options, Map<String, byte[]> models) {
    String name = options.genderModel().model();
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
    },
    /** The middle of that region, as large as the random crops are in the mean. */
    ONE_CROP(1) {
      /** Crops take 0.467 to 0.875 of the region's side, which is 3.75 of the face's. */
      private static final double PADDING = ((7 / 15.0 + 7 / 8.0) / 2 * 3.75 - 1) / 2;

      @Override
      byte[] cut(Picture picture, Landmarks landmarks, int size) {
        return FaceChips.cut(picture, landmarks, size, PADDING);
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
    public Gender[] classify(byte[] crops, float[][] embeddings) {
      return new Gender[embeddings.length];
    }

    @Override
    public GenderClassifier copy() {
      return this;
    }

    @Override
    public void close() {}
  }

  /** Looks at embeddings only. */
  record LinearClassifier(LinearGender linear) implements GenderClassifier {
    @Override
    public byte[] crops(Picture picture, Landmarks landmarks) {
      return new byte[0];
    }

    @Override
    public Gender[] classify(byte[] crops, float[][] embeddings) {
      return Arrays.stream(embeddings).map(linear::classify).toArray(Gender[]::new);
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
    public Gender[] classify(byte[] crops, float[][] embeddings) {
      int faces = embeddings.length;
      int bytesPerFace = faces == 0 ? 0 : crops.length / faces;
      Gender[] genders = new Gender[faces];
      if (crop.perFace() == 1) {
        float[] probabilities = network.forward(crops, faces);
        for (int face = 0; face < faces; face++) {
          genders[face] = Gender.answered(probabilities[2 * face + MALE]);
        }
        return genders;
      }
      for (int face = 0; face < faces; face++) {
        byte[] own = Arrays.copyOfRange(crops, face * bytesPerFace, (face + 1) * bytesPerFace);
        genders[face] = Gender.answered(meanOfMale(network.forward(own, crop.perFace())));
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
