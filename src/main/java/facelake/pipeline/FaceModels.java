package facelake.pipeline;

import facelake.UserError;
import facelake.dlib.ChipNetwork;
import facelake.dlib.FaceDetector;
import facelake.dlib.LandmarkPredictor;
import facelake.dlib.NativeException;
import facelake.image.ImageDecoder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The models of a pipeline, loaded: expensive, so once per JVM. Opens pipelines for any number of
 * threads; must stay open as long as they do.
 */
public final class FaceModels implements AutoCloseable {
  private final PipelineOptions options;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final FaceDetector detector;
  private final LandmarkPredictor landmarks;
  private final ChipNetwork embedder;
  private final GenderClassifier gender;
  private final OptionalDouble selfCheck;

  /** Threads over their time that still work with these models. */
  private final AtomicInteger hanging = new AtomicInteger();

  private FaceModels(PipelineOptions options, Map<String, byte[]> models) {
    this.options = options;
    try {
      String aligner = options.aligner().toString();
      String name = options.embedder().toString();
      detector = opened(options.detector().load(options, models));
      landmarks = opened(LandmarkPredictor.load(aligner, models.get(aligner)));
      embedder =
          opened(
              options
                  .engine()
                  .network(
                      options.embedder().architecture(),
                      name,
                      models.get(name),
                      options.precision()));
      gender = opened(GenderClassifier.load(options, models));
      try (ChipNetwork checked = embedder.copy()) {
        selfCheck = SelfCheck.run(checked, name, models.get(name), options.precision());
      }
    } catch (NativeException broken) {
      close();
      throw new UserError(
          broken,
          "%s; the file is broken: get the model again, and if its sha256 was recorded at its first"
              + " use, accept the new file with: jobs/facelake models verify --accept MODEL",
          broken.getMessage());
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /**
   * Loads the models and checks that this machine computes what others compute; the caller closes
   * them.
   *
   * @param models the bytes of each file of {@link PipelineOptions#models()}, by name
   * @throws UserError if a file is not the model it should be, or if embeddings of this machine
   *     differ from the recorded one
   */
  public static FaceModels load(PipelineOptions options, Map<String, byte[]> models) {
    return new FaceModels(options, models);
  }

  private <T extends AutoCloseable> T opened(T resource) {
    open.push(resource);
    return resource;
  }

  /**
   * How far the embedding of the test chip is from the recorded one; empty where none is recorded
   * for the embedder's file.
   */
  public OptionalDouble selfCheck() {
    return selfCheck;
  }

  /** A pipeline for one thread; the caller closes it. */
  public FacePipeline open() {
    return open(ImageTimeout.NONE);
  }

  /** A pipeline for one thread that lets each photo take only so long; the caller closes it. */
  public FacePipeline open(ImageTimeout timeout) {
    return new FacePipeline(
        timeout.isNone() ? preparer() : new TimedPreparer(timeout, hanging, this::preparer),
        new FaceEmbedder(embedder.copy(), options.jitter()),
        gender.copy());
  }

  private PhotoPreparer preparer() {
    return new DirectPreparer(
        new ImageDecoder(options.maxPixels()),
        new FaceFinder(options, detector.copy(), landmarks),
        embedder.inputSize(),
        gender);
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        throw new IllegalStateException("a model cannot be closed", e);
      }
    }
  }
}
