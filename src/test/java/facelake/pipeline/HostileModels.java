package facelake.pipeline;

import facelake.Mutator;
import facelake.dlib.Architecture;
import facelake.dlib.Box;
import facelake.dlib.ChipNetwork;
import facelake.dlib.FaceChips;
import facelake.dlib.FaceDetector;
import facelake.dlib.LandmarkPredictor;
import facelake.dlib.Landmarks;
import facelake.dlib.NativeException;
import facelake.dlib.Picture;
import facelake.image.RgbImage;
import facelake.model.ModelState;
import facelake.model.ModelStore;
import facelake.net.Precision;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Damaged model files, any number of them, and what comes of using one. The same seed and place
 * give the same bytes.
 */
public final class HostileModels {
  /** With these words dlib's layers begin, and their sizes follow. */
  private static final List<String> WORDS =
      List.of("con_", "fc_", "affine_", "loss_", "input_", "max_pool_", "avg_pool_", "multiply_");

  private static final int SIDE = 160;

  private final long seed;
  private final List<Kind> kinds = new ArrayList<>();

  /** One stream of files a seed. */
  public HostileModels(long seed) {
    this.seed = seed;
    add("landmarks-5", HostileModels::useLandmarks);
    add("mmod", HostileModels::useDetector);
    add("resnet-v1", (engine, bytes) -> useNetwork(engine, Architecture.RESNET_FACE, bytes));
    add("gender-v1", (engine, bytes) -> useNetwork(engine, Architecture.GENDER_CNN, bytes));
    add("densenet-v1", (engine, bytes) -> useNetwork(engine, Architecture.DENSENET_FACE, bytes));
  }

  /** Leaves out what is not here: not every model can be had everywhere. */
  private void add(String model, Use use) {
    ModelStore store = ModelStore.fromEnvironment();
    if (store.state(store.manifest().spec(model)).status() == ModelState.Status.READY) {
      byte[] bytes = store.read(model).bytes();
      kinds.add(new Kind(model, bytes, weakPlaces(bytes), use));
    }
  }

  private static int[] weakPlaces(byte[] model) {
    String text = new String(model, StandardCharsets.ISO_8859_1);
    List<Integer> places = new ArrayList<>(List.of(0));
    for (String word : WORDS) {
      for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
        places.add(at);
      }
    }
    return places.stream().mapToInt(place -> place).toArray();
  }

  /** The damaged file at a place from 0; models take turns. */
  public byte[] bytes(int place) {
    Kind kind = kind(place);
    return new Mutator(seed * 1_000_003 + place).mutate(kind.bytes(), kind.weak());
  }

  /** The name of the model that the file at a place was. */
  public String model(int place) {
    return kind(place).model();
  }

  private Kind kind(int place) {
    return kinds.get(place % kinds.size());
  }

  /** What comes of loading and using the file at a place: works, refused or FAULT. */
  public String outcome(int place) {
    Kind kind = kind(place);
    byte[] bytes = bytes(place);
    Engine engine = place / kinds.size() % 2 == 0 ? Engine.ONEDNN : Engine.DLIB;
    try {
      kind.use().accept(engine, bytes);
      return "works";
    } catch (NativeException refused) {
      return "refused";
    } catch (RuntimeException | Error fault) {
      return "FAULT " + fault;
    }
  }

  /**
   * {@code HostileModels FROM TO SEED}: a line for each place, written in two parts, so that the
   * place that ends the process is known.
   */
  public static void main(String[] arguments) {
    int from = Integer.parseInt(arguments[0]);
    int to = Integer.parseInt(arguments[1]);
    HostileModels models = new HostileModels(Long.parseLong(arguments[2]));
    for (int place = from; place < to; place++) {
      System.out.printf("\n%d %s ", place, models.model(place));
      System.out.flush();
      System.out.print(models.outcome(place));
    }
    System.out.println();
  }

  private static void useLandmarks(Engine engine, byte[] model) {
    try (LandmarkPredictor predictor = LandmarkPredictor.load("hostile", model);
        Picture picture = Picture.of(drawn())) {
      Landmarks landmarks = predictor.predict(picture, new Box(20, 20, 140, 140));
      FaceChips.cut(picture, landmarks, 150, FaceChips.RECOGNITION_PADDING);
    }
  }

  private static void useDetector(Engine engine, byte[] model) {
    try (FaceDetector detector = engine.mmod("hostile", model, Precision.FP32);
        Picture picture = Picture.of(drawn())) {
      detector.detect(picture, 0, 0);
    }
  }

  private static void useNetwork(Engine engine, Architecture architecture, byte[] model) {
    try (ChipNetwork network = engine.network(architecture, "hostile", model, Precision.FP32)) {
      network.forward(new byte[3 * network.inputSize() * network.inputSize()], 1);
    }
  }

  private static RgbImage drawn() {
    byte[] rgb = new byte[3 * SIDE * SIDE];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (i * i / SIDE);
    }
    return new RgbImage(rgb, SIDE, SIDE);
  }

  private interface Use {
    void accept(Engine engine, byte[] model);
  }

  private record Kind(String model, byte[] bytes, int[] weak, Use use) {}
}
