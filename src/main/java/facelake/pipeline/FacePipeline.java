package facelake.pipeline;

import facelake.dlib.NativeException;
import facelake.image.FailureClass;
import facelake.image.ImageFailure;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Consumer;

/**
 * Turns a stream of photos into a stream of their faces, in the same order, for one thread.
 *
 * <p>One decoded picture is in memory at a time. Chips wait until there are enough for one pass of
 * the networks, so that the faces of several photos share it; what waits is bounded. A bad photo
 * comes out with its failure and disturbs no other.
 */
public final class FacePipeline implements AutoCloseable {
  /** Chips in one pass of the networks. */
  private static final int BATCH = 32;

  /** Photos that may wait for a batch to fill, so that a run of photos without faces flows on. */
  private static final int MOST_WAITING = 256;

  private final PhotoPreparer preparer;
  private final FaceEmbedder embedder;
  private final GenderClassifier gender;

  /** Takes over the preparer, the embedder and the classifier. */
  FacePipeline(PhotoPreparer preparer, FaceEmbedder embedder, GenderClassifier gender) {
    this.preparer = preparer;
    this.embedder = embedder;
    this.gender = gender;
  }

  /** Processes photos as the results are read; use one such stream at a time. */
  public <K> Iterator<ProcessedImage<K>> process(Iterator<EncodedImage<K>> images) {
    return process(images, key -> {});
  }

  /**
   * Processes photos as the results are read; use one such stream at a time.
   *
   * @param before is told the key of each photo by the thread that works on it, before it does
   */
  public <K> Iterator<ProcessedImage<K>> process(
      Iterator<EncodedImage<K>> images, Consumer<? super K> before) {
    return new Results<>(images, before);
  }

  @Override
  public void close() {
    preparer.close();
    embedder.close();
    gender.close();
  }

  /** The stream of results: reads photos until the first that waits has all of its faces. */
  private final class Results<K> implements Iterator<ProcessedImage<K>> {
    private final Iterator<EncodedImage<K>> images;
    private final Consumer<? super K> before;
    private final Deque<Photo<K>> waiting = new ArrayDeque<>();
    private final List<AlignedFace> batch = new ArrayList<>();

    Results(Iterator<EncodedImage<K>> images, Consumer<? super K> before) {
      this.images = images;
      this.before = before;
    }

    @Override
    public boolean hasNext() {
      return !waiting.isEmpty() || images.hasNext();
    }

    @Override
    public ProcessedImage<K> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      while (waiting.isEmpty() || !waiting.peek().isComplete()) {
        if (images.hasNext() && batch.size() < BATCH && waiting.size() < MOST_WAITING) {
          Photo<K> photo = preparer.prepare(images.next(), before);
          waiting.add(photo);
          batch.addAll(photo.aligned());
        } else {
          describe(batch);
          batch.clear();
        }
      }
      return waiting.remove().result();
    }
  }

  /** Runs the networks over the faces and gives each photo its own. */
  private void describe(List<AlignedFace> faces) {
    for (int from = 0; from < faces.size(); from += BATCH) {
      List<AlignedFace> slice = faces.subList(from, Math.min(from + BATCH, faces.size()));
      try {
        embedAndClassify(slice);
      } catch (NativeException failure) {
        describeAlone(slice);
      }
    }
  }

  /** After a batch failed: finds the face that made it fail, and lets the others through. */
  private void describeAlone(List<AlignedFace> faces) {
    for (AlignedFace face : faces) {
      try {
        embedAndClassify(List.of(face));
      } catch (NativeException failure) {
        face.photo().fail(nativeError(failure));
      }
    }
  }

  private void embedAndClassify(List<AlignedFace> faces) {
    float[][] embeddings = embedder.embed(faces.stream().map(AlignedFace::chip).toList());
    Gender[] genders =
        gender.classify(
            FaceEmbedder.joined(faces.stream().map(AlignedFace::crops).toList()), embeddings);
    for (int i = 0; i < genders.length; i++) {
      faces.get(i).describe(genders[i], embeddings[i]);
    }
  }

  static ImageFailure nativeError(NativeException failure) {
    return new ImageFailure(FailureClass.NATIVE_ERROR, failure.getMessage());
  }
}
