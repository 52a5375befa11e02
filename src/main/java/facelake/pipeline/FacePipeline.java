package facelake.pipeline;

import facelake.dlib.FaceChips;
import facelake.dlib.NativeException;
import facelake.dlib.Picture;
import facelake.image.DecodedImage;
import facelake.image.FailureClass;
import facelake.image.ImageDecoder;
import facelake.image.ImageFailure;
import facelake.image.PerceptualHash;
import facelake.image.RgbImage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

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

  private final ImageDecoder decoder;
  private final FaceFinder finder;
  private final FaceEmbedder embedder;
  private final GenderClassifier gender;

  /** Takes over the finder, the embedder and the classifier. */
  FacePipeline(
      ImageDecoder decoder, FaceFinder finder, FaceEmbedder embedder, GenderClassifier gender) {
    this.decoder = decoder;
    this.finder = finder;
    this.embedder = embedder;
    this.gender = gender;
  }

  /** Processes photos as the results are read; use one such stream at a time. */
  public <K> Iterator<ProcessedImage<K>> process(Iterator<EncodedImage<K>> images) {
    return new Results<>(images);
  }

  @Override
  public void close() {
    finder.close();
    embedder.close();
    gender.close();
  }

  /** The stream of results: reads photos until the first that waits has all of its faces. */
  private final class Results<K> implements Iterator<ProcessedImage<K>> {
    private final Iterator<EncodedImage<K>> images;
    private final Deque<Photo<K>> waiting = new ArrayDeque<>();
    private final List<AlignedFace> batch = new ArrayList<>();

    Results(Iterator<EncodedImage<K>> images) {
      this.images = images;
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
          Photo<K> photo = prepare(images.next());
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

  /** All that needs the picture itself: afterwards only its chips are left. */
  private <K> Photo<K> prepare(EncodedImage<K> source) {
    Photo<K> photo = new Photo<>(source);
    if (source.failure() != null) {
      photo.fail(source.failure());
      return photo;
    }
    try {
      DecodedImage decoded = decoder.decode(source.bytes());
      photo.decoded(decoded, PerceptualHash.of(decoded.image()));
      align(photo, decoded.image());
    } catch (ImageFailure failure) {
      photo.fail(failure);
    } catch (NativeException failure) {
      photo.fail(nativeError(failure));
    }
    return photo;
  }

  private void align(Photo<?> photo, RgbImage image) {
    try (Picture picture = Picture.of(image)) {
      for (FaceFinder.Found found : finder.find(image, picture)) {
        int size = embedder.chipSize();
        byte[] chip =
            FaceChips.cut(picture, found.landmarks(), size, FaceChips.RECOGNITION_PADDING);
        byte[] crops = gender.crops(picture, found.landmarks());
        photo.add(new AlignedFace(photo, found, Sharpness.of(chip, size), chip, crops));
      }
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

  private static ImageFailure nativeError(NativeException failure) {
    return new ImageFailure(FailureClass.NATIVE_ERROR, failure.getMessage());
  }
}
