package facelake.job;

import facelake.UserError;
import facelake.dlib.Architecture;
import facelake.dlib.ChipNetwork;
import facelake.dlib.DlibNetwork;
import facelake.dlib.FaceChips;
import facelake.dlib.FaceDetector;
import facelake.dlib.LandmarkPredictor;
import facelake.dlib.Landmarks;
import facelake.dlib.Picture;
import facelake.image.ImageDecoder;
import facelake.image.ImageFailure;
import facelake.image.RgbImage;
import facelake.model.ModelState;
import facelake.model.ModelStore;
import facelake.net.OnednnMmodDetector;
import facelake.net.OnednnNetwork;
import facelake.net.PeakSpeed;
import facelake.net.Precision;
import facelake.net.Processor;
import facelake.pipeline.Engine;
import facelake.pipeline.TestChip;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Measures how fast this machine is at each step from a photo to a row, on one thread, and how much
 * faster oneDNN is than dlib's own code with OpenBLAS. Both take turns in one process. Photos are
 * drawn.
 *
 * <pre>jobs/facelake benchmark</pre>
 */
public final class BenchmarkJob {
  private static final int BATCH = 32;
  private static final int SMALL_BATCH = 4;
  private static final int SMALL_PHOTO = 250;
  private static final int FACES_TO_PAIR = 32_768;
  private static final long MAX_PIXELS = 100_000_000;
  private static final Supplier<DrawnPhoto> ONE_MEGAPIXEL = () -> new DrawnPhoto(1152, 864);
  private static final Supplier<DrawnPhoto> THREE_MEGAPIXELS = () -> new DrawnPhoto(2000, 1536);

  /** What can be measured on its own. */
  public enum Part {
    RESNET_V1("resnet-v1", "resnet-v1"),
    DENSENET_V1("densenet-v1", "densenet-v1"),
    GENDER_V1("gender-v1", "gender-v1"),
    TAGUCHI_GENDER("taguchi-gender"),
    MMOD("mmod", "mmod"),
    PHOTO("photo", "landmarks-5", "resnet-v1"),
    STEPS("steps"),
    PAIRS("pairs");

    private final String label;
    private final List<String> models;

    Part(String label, String... models) {
      this.label = label;
      this.models = List.of(models);
    }

    @Override
    public String toString() {
      return label;
    }
  }

  private final ModelStore store;
  private final Set<Part> parts;
  private final Consumer<String> watcher;
  private final List<Precision> precisions;
  private final Set<String> remarks = new LinkedHashSet<>();

  /**
   * A benchmark that runs once.
   *
   * @param store networks whose models are not there are left out
   * @param parts what to measure
   * @param watcher is told each part of the work as it begins
   */
  public BenchmarkJob(ModelStore store, Set<Part> parts, Consumer<String> watcher) {
    this.store = store;
    this.parts = parts;
    this.watcher = watcher;
    this.precisions = precisions();
  }

  /** Those that this processor has instructions for. */
  public static List<Precision> precisions() {
    return Precision.fastest() == Precision.BF16
        ? List.of(Precision.FP32, Precision.BF16)
        : List.of(Precision.FP32);
  }

  /**
   * Refuses to leave out anything.
   *
   * @throws UserError naming the models that are not here
   */
  public void requireModels() {
    List<String> missing =
        parts.stream()
            .flatMap(part -> part.models.stream())
            .distinct()
            .filter(this::isMissing)
            .toList();
    if (!missing.isEmpty()) {
      throw new UserError(
          "this needs models that are not here: %s; get them with jobs/facelake models fetch %s",
          String.join(", ", missing), String.join(" ", missing));
    }
  }

  private boolean isMissing(String model) {
    return store.state(store.manifest().spec(model)).status() == ModelState.Status.MISSING;
  }

  /** Measures the parts. */
  public BenchmarkResult execute() {
    Map<Precision, Double> peak = peak();
    List<BenchmarkResult.Network> networks = new ArrayList<>();
    List<BenchmarkResult.Step> steps = new ArrayList<>();
    Optional<PairsBenchmark.Outcome> pairs = Optional.empty();
    for (Part part : Part.values()) {
      if (!parts.contains(part)) {
        continue;
      }
      switch (part) {
        case RESNET_V1 -> network(part, Architecture.RESNET_FACE).ifPresent(networks::add);
        case DENSENET_V1 -> network(part, Architecture.DENSENET_FACE).ifPresent(networks::add);
        case GENDER_V1 -> network(part, Architecture.GENDER_CNN).ifPresent(networks::add);
        case TAGUCHI_GENDER -> taguchiGender().ifPresent(networks::add);
        case MMOD -> {
          mmod("mmod-1mp", ONE_MEGAPIXEL.get().image()).ifPresent(networks::add);
          mmod("mmod-3mp", THREE_MEGAPIXELS.get().image()).ifPresent(networks::add);
        }
        case PHOTO -> wholePhoto(new DrawnPhoto(SMALL_PHOTO, SMALL_PHOTO)).ifPresent(networks::add);
        case PAIRS -> {
          watcher.accept("all pairs of faces");
          pairs = Optional.of(new PairsBenchmark(precisions).execute(FACES_TO_PAIR));
        }
        case STEPS -> steps.addAll(steps(ONE_MEGAPIXEL.get(), THREE_MEGAPIXELS.get()));
      }
    }
    return new BenchmarkResult(
        Processor.name(),
        Processor.instructions(),
        peak,
        networks,
        steps,
        pairs,
        List.copyOf(remarks));
  }

  private Map<Precision, Double> peak() {
    watcher.accept("matrix product");
    Map<Precision, Double> peak = new EnumMap<>(Precision.class);
    for (Precision precision : precisions) {
      try (PeakSpeed product = new PeakSpeed(precision)) {
        double ms = new Contest(List.of(product::run)).medians()[0];
        peak.put(precision, product.gflop() / ms * 1e3);
      }
    }
    return peak;
  }

  /** The body of Taguchi's gender network, with the weights that are there. */
  private Optional<BenchmarkResult.Network> taguchiGender() {
    String name = Part.TAGUCHI_GENDER.toString();
    if (!isMissing(name)) {
      return network(name, name, Architecture.GENDER_RESNET34, SMALL_BATCH);
    }
    String standIn = "imagenet-resnet34";
    if (!isMissing(standIn)) {
      remarks.add(name + " was measured as " + standIn + ", the same body with other weights");
    }
    return network(name, standIn, Architecture.IMAGENET_RESNET34, SMALL_BATCH);
  }

  private Optional<byte[]> model(String name) {
    if (isMissing(name)) {
      remarks.add(
          "left out, as it is not here: " + name + " (jobs/facelake models fetch " + name + ")");
      return Optional.empty();
    }
    return Optional.of(store.read(name).bytes());
  }

  private Optional<BenchmarkResult.Network> network(Part part, Architecture architecture) {
    return network(part.toString(), part.toString(), architecture, BATCH);
  }

  private Optional<BenchmarkResult.Network> network(
      String label, String name, Architecture architecture, int batch) {
    return model(name)
        .map(
            bytes -> {
              watcher.accept(label);
              return network(label, DlibNetwork.load(architecture, name, bytes), batch);
            });
  }

  private BenchmarkResult.Network network(String label, DlibNetwork dlib, int batch) {
    List<ChipNetwork> contestants = new ArrayList<>(List.of(dlib));
    try {
      precisions.forEach(precision -> contestants.add(OnednnNetwork.of(dlib, precision)));
      byte[] chips = chips(dlib.inputSize(), batch);
      double[] ms =
          new Contest(
                  contestants.stream()
                      .map(network -> (Runnable) () -> network.forward(chips, batch))
                      .toList())
              .medians();
      double gflop = ((OnednnNetwork) contestants.get(1)).gflop();
      return result(label, ms, batch, gflop);
    } finally {
      contestants.forEach(ChipNetwork::close);
    }
  }

  private BenchmarkResult.Network result(String label, double[] ms, int each, double gflop) {
    Map<Precision, Double> onednn = new EnumMap<>(Precision.class);
    for (int i = 0; i < precisions.size(); i++) {
      onednn.put(precisions.get(i), ms[i + 1] / each);
    }
    return new BenchmarkResult.Network(label, ms[0] / each, onednn, gflop);
  }

  private static byte[] chips(int size, int count) {
    RgbImage chip = new RgbImage(TestChip.rgb(), TestChip.SIZE, TestChip.SIZE);
    byte[] chips = new byte[count * size * size * 3];
    for (int i = 0; i < count; i++) {
      for (int y = 0; y < size; y++) {
        for (int x = 0; x < size; x++) {
          int from = (y * TestChip.SIZE / size * TestChip.SIZE + x * TestChip.SIZE / size) * 3;
          System.arraycopy(chip.rgb(), from, chips, ((i * size + y) * size + x) * 3, 3);
        }
      }
    }
    return chips;
  }

  private Optional<BenchmarkResult.Network> mmod(String label, RgbImage photo) {
    return model("mmod")
        .map(
            bytes -> {
              watcher.accept(label);
              List<FaceDetector> contestants = new ArrayList<>();
              try (Picture picture = Picture.of(photo)) {
                contestants.add(Engine.DLIB.mmod("mmod", bytes, Precision.FP32));
                precisions.forEach(
                    precision -> contestants.add(Engine.ONEDNN.mmod("mmod", bytes, precision)));
                double[] ms =
                    new Contest(
                            contestants.stream()
                                .map(mmod -> (Runnable) () -> mmod.detect(picture, 0, 0))
                                .toList())
                        .medians();
                double gflop = ((OnednnMmodDetector) contestants.get(1)).gflop(picture, 0);
                return result(label, ms, 1, gflop);
              } finally {
                contestants.forEach(FaceDetector::close);
              }
            });
  }

  private Optional<BenchmarkResult.Network> wholePhoto(DrawnPhoto photo) {
    Optional<byte[]> landmarks = model("landmarks-5");
    Optional<byte[]> embedder = model("resnet-v1");
    if (landmarks.isEmpty() || embedder.isEmpty()) {
      return Optional.empty();
    }
    watcher.accept("a whole photo");
    List<PhotoLoop> loops = new ArrayList<>();
    try (Picture picture = Picture.of(photo.image());
        LandmarkPredictor predictor = LandmarkPredictor.load("landmarks-5", landmarks.get())) {
      loops.add(
          PhotoLoop.open(Engine.DLIB, Precision.FP32, embedder.get(), predictor, picture, BATCH));
      for (Precision precision : precisions) {
        loops.add(
            PhotoLoop.open(Engine.ONEDNN, precision, embedder.get(), predictor, picture, BATCH));
      }
      return Optional.of(result("photo-250", new Contest(loops).medians(), BATCH, 0));
    } finally {
      loops.forEach(PhotoLoop::close);
    }
  }

  private List<BenchmarkResult.Step> steps(DrawnPhoto one, DrawnPhoto three) {
    List<BenchmarkResult.Step> steps = new ArrayList<>();
    watcher.accept("detection, landmarks, chips, decoding");
    try (FaceDetector dlib = Engine.DLIB.hog();
        FaceDetector fast = Engine.ONEDNN.hog();
        Picture small = Picture.of(one.image());
        Picture large = Picture.of(three.image())) {
      steps.add(hog("hog-1mp", dlib, fast, small));
      steps.add(hog("hog-3mp", dlib, fast, large));
      model("landmarks-5").ifPresent(bytes -> steps.addAll(landmarks("landmarks-5", bytes, large)));
      model("landmarks-68")
          .ifPresent(bytes -> steps.add(landmarks("landmarks-68", bytes, large).get(0)));
    }
    steps.add(alone("jpeg-1mp", () -> decode(one)));
    steps.add(alone("jpeg-3mp", () -> decode(three)));
    return steps;
  }

  private static BenchmarkResult.Step hog(
      String label, FaceDetector dlib, FaceDetector fast, Picture picture) {
    double[] ms =
        new Contest(List.of(() -> dlib.detect(picture, 0, 0), () -> fast.detect(picture, 0, 0)))
            .medians();
    return new BenchmarkResult.Step(label, ms[0], ms[1]);
  }

  /** Placing them, and cutting the chip that they give. */
  private static List<BenchmarkResult.Step> landmarks(String name, byte[] bytes, Picture picture) {
    try (LandmarkPredictor predictor = LandmarkPredictor.load(name, bytes)) {
      Landmarks points = predictor.predict(picture, PhotoLoop.FACE);
      return List.of(
          alone(name, () -> predictor.predict(picture, PhotoLoop.FACE)),
          alone("chip", () -> FaceChips.cut(picture, points, 150, FaceChips.RECOGNITION_PADDING)));
    }
  }

  private static BenchmarkResult.Step alone(String name, Runnable step) {
    return new BenchmarkResult.Step(name, 0, time(step));
  }

  private static double time(Runnable step) {
    return new Contest(List.of(step)).medians()[0];
  }

  private static void decode(DrawnPhoto photo) {
    try {
      new ImageDecoder(MAX_PIXELS).decode(photo.jpeg());
    } catch (ImageFailure e) {
      throw new IllegalStateException("a drawn photo cannot be decoded", e);
    }
  }
}
