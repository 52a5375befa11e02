package facelake.step.source;

import facelake.image.FailureClass;
import facelake.image.ImageFailure;
import java.io.EOFException;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * The bytes of images one after the other; a container stays open while the next image is in it.
 */
final class Fetching implements Iterator<Fetched>, AutoCloseable {
  /** More than any photo has, and little enough for an executor to hold. */
  static final long LIMIT = 512L << 20;

  private final Storage storage;
  private final Iterator<SourceImage> images;
  private String container;
  private FSDataInputStream stream;

  private Fetching(Storage storage, Iterator<SourceImage> images) {
    this.storage = storage;
    this.images = images;
  }

  /** One partition a bin. */
  static JavaRDD<Fetched> rdd(SparkSession spark, Storage storage, List<List<SourceImage>> bins) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    return context
        .parallelize(bins, Math.max(1, bins.size()))
        .flatMap(
            bin -> {
              Fetching fetching = new Fetching(storage, bin.iterator());
              TaskContext.get().addTaskCompletionListener(Closing.of(fetching));
              return fetching;
            });
  }

  @Override
  public boolean hasNext() {
    return images.hasNext();
  }

  @Override
  public Fetched next() {
    SourceImage image = images.next();
    try {
      return Fetched.of(image, bytes(image));
    } catch (ImageFailure e) {
      return Fetched.failed(image, e);
    } catch (IOException | RuntimeException e) {
      close();
      if (TaskContext.get().isInterrupted()) {
        throw new TaskKilledException("stopped while reading " + image.uri());
      }
      return Fetched.failed(image, unreadable(Storage.inWords(e)));
    }
  }

  /** Closes what is open; more than once does no harm. */
  @Override
  public void close() {
    FSDataInputStream open = stream;
    stream = null;
    container = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // Only read: what came out of it stands.
      }
    }
  }

  private byte[] bytes(SourceImage image) throws IOException, ImageFailure {
    if (image.bytes() > LIMIT) {
      throw new ImageFailure(
          FailureClass.TOO_LARGE,
          "%d bytes, more than the %d that an image may have".formatted(image.bytes(), LIMIT));
    }
    if (!image.container().equals(container)) {
      close();
      stream = storage.open(image.container());
      container = image.container();
    }
    if (stream.getPos() != image.offset()) {
      stream.seek(image.offset());
    }
    // Takes memory as bytes come: a broken tar says of its member what it likes.
    byte[] bytes = stream.readNBytes((int) image.bytes());
    if (bytes.length < image.bytes()) {
      throw new EOFException(
          "only %d of %d bytes are there".formatted(bytes.length, image.bytes()));
    }
    if (image.container().equals(image.uri()) && stream.read() >= 0) {
      throw unreadable("has grown since it was listed with %d bytes".formatted(bytes.length));
    }
    return bytes;
  }

  static ImageFailure unreadable(String why) {
    return new ImageFailure(FailureClass.UNREADABLE, why);
  }
}
