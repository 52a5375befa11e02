package facelake.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import facelake.TestData;
import facelake.UserError;
import facelake.dlib.Architecture;
import facelake.dlib.ChipNetwork;
import facelake.dlib.FaceChips;
import facelake.dlib.LandmarkPredictor;
import facelake.dlib.NativeException;
import facelake.dlib.Picture;
import facelake.image.FailureClass;
import facelake.image.ImageDecoder;
import facelake.image.ImageFailure;
import facelake.image.RgbImage;
import facelake.model.ModelKind;
import facelake.model.VerifiedModel;
import facelake.net.Precision;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Photos in, faces out, with the real models and without Spark. */
class FacePipelineIT {
  /** Time for a photo of 250 by 250 pixels on a busy machine. */
  private static final Duration LIMIT = Duration.ofSeconds(2);

  private static byte[] baldGuys;
  private static byte[] dogs;
  private static byte[] john;

  @BeforeAll
  static void readPhotos() throws Exception {
    Path examples = TestData.dlibExamples();
    baldGuys = Files.readAllBytes(examples.resolve("faces/bald_guys.jpg"));
    dogs = Files.readAllBytes(examples.resolve("faces/dogs.jpg"));
    try (Stream<Path> photos = Files.list(examples.resolve("johns/John_Salley"))) {
      john = Files.readAllBytes(photos.sorted().findFirst().orElseThrow());
    }
  }

  private static FaceModels models(
      PipelineOptions options, Function<String, VerifiedModel> lookup) {
    Map<String, byte[]> bytes = new HashMap<>();
    options.models().forEach(name -> bytes.put(name, lookup.apply(name).bytes()));
    return FaceModels.load(options, bytes);
  }

  private static <K> List<ProcessedImage<K>> process(
      FaceModels models, Iterator<EncodedImage<K>> images) {
    List<ProcessedImage<K>> results = new ArrayList<>();
    try (FacePipeline pipeline = models.open()) {
      pipeline.process(images).forEachRemaining(results::add);
    }
    return results;
  }

  @Test
  void resultsComeInOrderAndBadPhotosDisturbNoOther() {
    byte[] text = "no picture".getBytes(StandardCharsets.UTF_8);
    ImageFailure unread = new ImageFailure(FailureClass.UNREADABLE, "gone");
    List<EncodedImage<Integer>> images =
        List.of(
            EncodedImage.of(0, john),
            EncodedImage.of(1, text),
            EncodedImage.of(2, baldGuys),
            new EncodedImage<>(3, null, unread),
            EncodedImage.of(4, dogs),
            EncodedImage.of(5, john));
    List<ProcessedImage<Integer>> results;
    try (FaceModels models = models(PipelineOptions.defaults(), TestData::model)) {
      results = process(models, images.iterator());
    }
    assertThat(results).extracting(ProcessedImage::key).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(results.get(1).failure().failureClass()).isEqualTo(FailureClass.NOT_AN_IMAGE);
    assertThat(results.get(2).faces()).hasSize(24);
    assertThat(results.get(3).failure()).isSameAs(unread);
    assertThat(results.get(3).imageId()).isNull();
    assertThat(results.get(4).faces()).isEmpty();
    assertThat(results.get(4).failure()).isNull();
    // The same photo has the same faces, whatever shared its batch.
    assertThat(results.get(5).faces().get(0).embedding())
        .containsExactly(results.get(0).faces().get(0).embedding());
  }

  @Test
  void aBrokenModelIsAnErrorThatSaysWhatToDo() {
    byte[] broken = {1, 2, 3};

    assertThatThrownBy(
            () ->
                models(
                    PipelineOptions.defaults(),
                    name -> VerifiedModel.own(name, ModelKind.LANDMARKS, "mine.dat", broken)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("model landmarks-5")
        .hasMessageContaining("models verify --accept MODEL");
  }

  @Test
  void photosWithoutFacesFlowOnWithoutWaitingForABatch() {
    Iterator<EncodedImage<Integer>> endless =
        Stream.iterate(0, i -> i + 1).map(i -> EncodedImage.of(i, new byte[0])).iterator();
    try (FaceModels models = models(PipelineOptions.defaults(), TestData::model);
        FacePipeline pipeline = models.open()) {
      Iterator<ProcessedImage<Integer>> results = pipeline.process(endless);
      for (int i = 0; i < 1000; i++) {
        assertThat(results.next().key()).isEqualTo(i);
      }
    }
  }

  @Test
  void aPhotoThatTakesTooLongCostsItselfAndLeavesItsThreadBehind() throws Exception {
    CountDownLatch hang = new CountDownLatch(1);
    List<ProcessedImage<Integer>> results = new ArrayList<>();
    try (FaceModels models = models(PipelineOptions.defaults(), TestData::model)) {
      try (FacePipeline pipeline = models.open(new ImageTimeout(LIMIT, 1))) {
        pipeline.process(photos(5), key -> hangAt(1, key, hang)).forEachRemaining(results::add);
      }
      List<ProcessedImage<Integer>> calm = process(models, photos(5));
      assertThat(results).extracting(ProcessedImage::key).containsExactly(0, 1, 2, 3, 4);
      assertThat(results.get(1).failure().failureClass()).isEqualTo(FailureClass.TIMEOUT);
      assertThat(results.get(1).failure()).hasMessageContaining("more than 2 seconds");
      assertThat(results.get(1).imageId()).isEqualTo(calm.get(1).imageId());
      assertThat(results.get(1).faces()).isEmpty();
      results.remove(1);
      calm.remove(1);
      assertThat(embeddings(results)).hasSize(4);
      assertThat(embeddings(results).toArray(float[][]::new))
          .isDeepEqualTo(embeddings(calm).toArray(float[][]::new));
      hang.countDown();
    }
  }

  @Test
  void moreThreadsAtWorkForeverThanMayBeAreAnError() throws Exception {
    CountDownLatch hang = new CountDownLatch(1);
    ImageTimeout timeout = new ImageTimeout(Duration.ofMillis(200), 0);
    try (FaceModels models = models(PipelineOptions.defaults(), TestData::model)) {
      try (FacePipeline pipeline = models.open(timeout)) {
        Iterator<ProcessedImage<Integer>> results =
            pipeline.process(photos(1), key -> hangAt(0, key, hang));
        assertThatThrownBy(results::next)
            .isInstanceOf(UserError.class)
            .hasMessageStartingWith(
                "one process is still at 1 images after --image-timeout 0.2 seconds, and more than 0");
      }
      assertThatThrownBy(() -> models.open(timeout)).isInstanceOf(UserError.class);
      hang.countDown();
      while (!opens(models, timeout)) {
        Thread.sleep(5);
      }
    }
  }

  private static boolean opens(FaceModels models, ImageTimeout timeout) {
    try (FacePipeline pipeline = models.open(timeout)) {
      return true;
    } catch (UserError stillHanging) {
      return false;
    }
  }

  private static Iterator<EncodedImage<Integer>> photos(int count) {
    return IntStream.range(0, count).mapToObj(i -> EncodedImage.of(i, john)).iterator();
  }

  /** As native code does, heeds no interruption. */
  private static void hangAt(int photo, int key, CountDownLatch end) {
    while (key == photo && end.getCount() > 0) {
      Thread.onSpinWait();
    }
  }

  @Test
  void everyOptionReachesItsModel() {
    PipelineOptions options =
        PipelineOptions.builder()
            .detector(Detector.MMOD)
            .upsample(1)
            .aligner(Aligner.LANDMARKS_68)
            .embedder(Embedder.DENSENET_V1)
            .genderModel(GenderModel.GENDER_V1)
            .maxSide(300)
            .minFace(10)
            .build();
    try (FaceModels models = models(options, TestData::modelOrSkip)) {
      List<ProcessedImage<String>> results =
          process(models, List.of(EncodedImage.of("john", john)).iterator());
      assertThat(results.get(0).faces()).hasSize(1);
      Face face = results.get(0).faces().get(0);
      assertThat(face.landmarks().parts()).isEqualTo(68);
      assertThat(face.embedding()).hasSize(128);
      assertThat(face.gender().label()).isEqualTo(Gender.Label.MALE);
      // John_Salley looks into the camera.
      assertThat(face.pose().roll()).isBetween(-30f, 30f);
      assertThat(face.box().right()).isLessThan(results.get(0).picture().width());
    }
  }

  /** Fails on one chip, as native code may, alone or among others. */
  private record FailsOn(ChipNetwork network, byte[] chip) implements ChipNetwork {
    @Override
    public int inputSize() {
      return network.inputSize();
    }

    @Override
    public int outputs() {
      return network.outputs();
    }

    @Override
    public float[] forward(byte[] chips, int count) {
      for (int from = 0; from < chips.length; from += chip.length) {
        if (Arrays.equals(chips, from, from + chip.length, chip, 0, chip.length)) {
          throw new NativeException("a forward pass failed: out of luck", null);
        }
      }
      return network.forward(chips, count);
    }

    @Override
    public ChipNetwork copy() {
      return new FailsOn(network.copy(), chip);
    }

    @Override
    public void close() {
      network.close();
    }
  }

  @Test
  void aFaceThatTheNetworkCannotTakeCostsItsPhotoOnly() {
    PipelineOptions options = PipelineOptions.defaults();
    byte[] landmarks = TestData.model("landmarks-5").bytes();
    byte[] model = TestData.model("resnet-v1").bytes();
    List<ProcessedImage<Integer>> results = new ArrayList<>();
    try (LandmarkPredictor predictor = LandmarkPredictor.load("landmarks-5", landmarks)) {
      ChipNetwork network =
          options.engine().network(Architecture.RESNET_FACE, "resnet-v1", model, Precision.FP32);
      FaceFinder finder = new FaceFinder(options, options.engine().hog(), predictor);
      try (FacePipeline pipeline =
          new FacePipeline(
              new DirectPreparer(
                  new ImageDecoder(options.maxPixels()),
                  finder,
                  150,
                  new GenderClassifier.NoClassifier()),
              new FaceEmbedder(new FailsOn(network, chipOf(john, finder, predictor)), Jitter.NONE),
              new GenderClassifier.NoClassifier())) {
        pipeline
            .process(
                List.of(
                        EncodedImage.of(0, baldGuys),
                        EncodedImage.of(1, john),
                        EncodedImage.of(2, baldGuys))
                    .iterator())
            .forEachRemaining(results::add);
      }
    }
    assertThat(results.get(0).faces()).hasSize(24);
    assertThat(results.get(1).faces()).isEmpty();
    assertThat(results.get(1).failure().failureClass()).isEqualTo(FailureClass.NATIVE_ERROR);
    assertThat(results.get(1).failure()).hasMessageContaining("out of luck");
    assertThat(results.get(2).faces()).hasSize(24);
  }

  private static byte[] chipOf(byte[] file, FaceFinder finder, LandmarkPredictor predictor) {
    try {
      RgbImage image = new ImageDecoder(PipelineOptions.DEFAULT_MAX_PIXELS).decode(file).image();
      try (Picture picture = Picture.of(image)) {
        return FaceChips.cut(
            picture,
            finder.find(image, picture).get(0).landmarks(),
            150,
            FaceChips.RECOGNITION_PADDING);
      }
    } catch (ImageFailure e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void pipelinesOfOneSetOfModelsWorkAtOnce() {
    try (FaceModels models = models(PipelineOptions.defaults(), TestData::model)) {
      List<EncodedImage<Integer>> images =
          List.of(EncodedImage.of(0, baldGuys), EncodedImage.of(1, john));
      List<float[]> alone = embeddings(process(models, images.iterator()));
      List<List<float[]>> together =
          IntStream.range(0, 4)
              .parallel()
              .mapToObj(i -> embeddings(process(models, images.iterator())))
              .toList();
      for (List<float[]> embeddings : together) {
        assertThat(embeddings.toArray(float[][]::new)).isDeepEqualTo(alone.toArray(float[][]::new));
      }
    }
  }

  private static List<float[]> embeddings(List<ProcessedImage<Integer>> images) {
    return images.stream().flatMap(image -> image.faces().stream()).map(Face::embedding).toList();
  }

  @Test
  void smallFacesAreLeftOut() {
    PipelineOptions large = PipelineOptions.builder().minFace(150).build();
    try (FaceModels models = models(large, TestData::model)) {
      List<Face> faces =
          process(models, List.of(EncodedImage.of(0, baldGuys)).iterator()).get(0).faces();
      assertThat(faces).hasSizeBetween(1, 23);
      assertThat(faces).allMatch(face -> face.box().width() >= 150 && face.box().height() >= 150);
    }
  }

  @Test
  void aJitteredEmbeddingIsTheMeanOfCopiesWhateverIsBesideIt() {
    float[] plain = lastEmbedding(Jitter.NONE, john);
    float[] alone = lastEmbedding(new Jitter(40, 7), john);

    assertThat(lastEmbedding(new Jitter(40, 7), baldGuys, john)).isEqualTo(alone);
    assertThat(distance(alone, plain)).isBetween(0.01, 0.3);
    assertThat(distance(alone, lastEmbedding(new Jitter(40, 8), john))).isBetween(0.001, 0.1);
  }

  private static float[] lastEmbedding(Jitter jitter, byte[]... photos) {
    PipelineOptions options = PipelineOptions.builder().jitter(jitter).build();
    List<EncodedImage<Integer>> images =
        IntStream.range(0, photos.length).mapToObj(i -> EncodedImage.of(i, photos[i])).toList();
    try (FaceModels models = models(options, TestData::model)) {
      List<float[]> found = embeddings(process(models, images.iterator()));
      return found.get(found.size() - 1);
    }
  }

  @Test
  void theMeanIsThatOfTheCopiesOneByOne() {
    byte[] model = TestData.model("resnet-v1").bytes();
    byte[] chip = new byte[150 * 150 * 3];
    new Random(5).nextBytes(chip);
    Jitter jitter = new Jitter(35, 3);
    byte[] copies = FaceChips.jitter(chip, 150, 35, jitter.seedOf(chip));
    double[] mean = new double[128];
    try (FaceEmbedder embedder =
            new FaceEmbedder(
                Engine.ONEDNN.network(Architecture.RESNET_FACE, "resnet-v1", model, Precision.FP32),
                jitter);
        ChipNetwork network =
            Engine.ONEDNN.network(Architecture.RESNET_FACE, "resnet-v1", model, Precision.FP32)) {
      for (int copy = 0; copy < 35; copy++) {
        float[] embedding =
            network.forward(
                Arrays.copyOfRange(copies, copy * chip.length, (copy + 1) * chip.length), 1);
        for (int i = 0; i < mean.length; i++) {
          mean[i] += embedding[i] / 35;
        }
      }
      float[] found = embedder.embed(List.of(chip))[0];
      for (int i = 0; i < mean.length; i++) {
        assertThat(found[i]).isCloseTo((float) mean[i], within(1e-6f));
      }
    }
  }

  private static double distance(float[] one, float[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += (one[i] - other[i]) * (one[i] - other[i]);
    }
    return Math.sqrt(sum);
  }
}
