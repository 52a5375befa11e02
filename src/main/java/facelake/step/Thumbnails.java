package facelake.step;

import facelake.Sha256;
import facelake.UserError;
import facelake.dlib.Box;
import facelake.image.ImageDecoder;
import facelake.image.ImageFailure;
import facelake.image.JpegEncoder;
import facelake.image.RgbImage;
import facelake.spark.WholeFile;
import facelake.step.source.Fetched;
import facelake.step.source.Originals;
import facelake.table.Links;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import scala.Tuple2;

/**
 * Small JPEG pictures of faces and photos, for pages. Each photo is read once for all that is cut
 * out of it, and a picture that is there already is not cut again.
 */
public final class Thumbnails {
  /** Room around a face, as a part of the longer side of its box, on each side. */
  private static final double ROOM = 0.25;

  private static final String FACES = "faces";
  private static final String PHOTOS = "photos";

  /** The folders that pictures are in. */
  public static final List<String> KINDS = List.of(FACES, PHOTOS);

  private static final float QUALITY = 0.8f;

  /** So that a slow photo does not hold up many others. */
  private static final int PARTITIONS_A_CORE = 4;

  /** How thumbnails look. */
  public enum Look {
    /** As the photo is. */
    PLAIN(160, 320),
    /** So coarse that nobody can be known; shown at full size it is a blur. */
    BLURRED(8, 12);

    private final int face;
    private final int photo;

    Look(int face, int photo) {
      this.face = face;
      this.photo = photo;
    }
  }

  /**
   * What is cut out of a photo.
   *
   * @param file where it is written to, below the folder
   * @param box the face, in pixels of the upright photo and inside it; empty for the whole photo
   */
  public record Cut(String file, Optional<Box> box) {
    /**
     * A face; the file's name follows from its id.
     *
     * @param box as in {@code faces.box}
     */
    public static Cut face(String faceId, Row box) {
      return new Cut(
          fileOfFace(faceId),
          Optional.of(new Box(box.getInt(0), box.getInt(1), box.getInt(2), box.getInt(3))));
    }

    /** A whole photo; the file's name follows from its content's sha256. */
    public static Cut photo(String imageId) {
      return new Cut(fileOfPhoto(imageId), Optional.empty());
    }

    /** Some hundred folders hold any number of files. */
    private static String spread(String folder, String id) {
      return "%s/%s/%s.jpg".formatted(folder, id.substring(0, 2), id);
    }
  }

  /**
   * A photo to cut.
   *
   * @param source the input that it was indexed from, as in {@code images.source}
   * @param imageId sha256 of its bytes then; a photo with other bytes is not cut
   */
  public record Photo(String uri, String source, String imageId, List<Cut> cuts) {}

  /** What tasks need to know of a photo. */
  private record Order(String imageId, ArrayList<Task> cuts) implements Serializable {}

  private record Task(String file, int[] corners) implements Serializable {}

  private final SparkSession spark;
  private final String folder;
  private final Look look;

  /**
   * Pictures in a folder.
   *
   * @param folder absolute URI of a folder that all executors reach
   */
  public Thumbnails(SparkSession spark, String folder, Look look) {
    this.spark = spark;
    this.folder = folder;
    this.look = look;
  }

  /** Where the picture of a face is, below the folder. */
  public static String fileOfFace(String faceId) {
    return Cut.spread(FACES, faceId);
  }

  /** Where the picture of a whole photo is, below the folder. */
  public static String fileOfPhoto(String imageId) {
    return Cut.spread(PHOTOS, imageId);
  }

  /**
   * Writes the pictures that are not there yet.
   *
   * @return why photos could not be cut, by their uris; empty when all is well
   * @throws UserError when the folder cannot be read
   */
  public SortedMap<String, String> write(Collection<Photo> photos) {
    Set<String> ordered = there();
    Map<String, ArrayList<Order>> orders = new HashMap<>();
    Map<String, Set<String>> uris = new TreeMap<>();
    for (Photo photo : photos) {
      ArrayList<Task> wanted = new ArrayList<>();
      photo.cuts().stream()
          .filter(cut -> ordered.add(cut.file()))
          .map(this::task)
          .forEach(wanted::add);
      if (!wanted.isEmpty()) {
        orders
            .computeIfAbsent(photo.uri(), uri -> new ArrayList<>())
            .add(new Order(photo.imageId(), wanted));
        uris.computeIfAbsent(photo.source(), source -> new TreeSet<>()).add(photo.uri());
      }
    }
    if (orders.isEmpty()) {
      return new TreeMap<>();
    }
    Originals originals = Originals.find(spark, uris);
    SortedMap<String, String> failures = new TreeMap<>(originals.missing());
    failures.putAll(cut(originals, orders));
    return failures;
  }

  /**
   * Removes the pictures of all other faces and photos.
   *
   * @return how many pictures of these there are
   * @throws UserError when the folder cannot be written
   */
  public int removeOthers(Collection<Photo> photos) {
    Set<String> others = there();
    int all = others.size();
    photos.forEach(photo -> photo.cuts().forEach(cut -> others.remove(cut.file())));
    Path root = new Path(folder);
    try {
      FileSystem files = root.getFileSystem(spark.sparkContext().hadoopConfiguration());
      for (String other : others) {
        files.delete(new Path(root, other), false);
      }
      return all - others.size();
    } catch (IOException e) {
      throw new UserError(
          e, "pictures in %s: %s; name a folder that you may write to", folder, e.getMessage());
    }
  }

  private Task task(Cut cut) {
    WholeFile.below(folder, cut.file());
    return new Task(
        cut.file(),
        cut.box()
            .map(box -> new int[] {box.left(), box.top(), box.right(), box.bottom()})
            .orElse(null));
  }

  /** The pictures in the folder, by their files' names below it. */
  private Set<String> there() {
    Set<String> there = new HashSet<>();
    for (String kind : KINDS) {
      Path pictures = new Path(folder + "/" + kind);
      try {
        FileSystem files = pictures.getFileSystem(spark.sparkContext().hadoopConfiguration());
        String prefix = files.makeQualified(pictures) + "/";
        for (Path file : Links.filesBelow(pictures, files, link -> {})) {
          there.add(kind + "/" + file.toString().substring(prefix.length()));
        }
      } catch (FileNotFoundException e) {
        continue; // none of this kind yet
      } catch (IOException e) {
        throw new UserError(
            e, "pictures in %s: %s; name a folder that you may write to", folder, e.getMessage());
      }
    }
    return there;
  }

  private Map<String, String> cut(Originals originals, Map<String, ArrayList<Order>> orders) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<Map<String, ArrayList<Order>>> all = context.broadcast(orders);
    Broadcast<SerializableConfiguration> hadoop =
        context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
    Look style = look;
    String root = folder;
    try {
      return originals
          .photos(spark.sparkContext().defaultParallelism() * PARTITIONS_A_CORE)
          .mapToPair(
              photo ->
                  new Tuple2<>(
                      photo.image().uri(),
                      cut(
                          photo,
                          all.value().get(photo.image().uri()),
                          root,
                          style,
                          hadoop.value().value())))
          .filter(failure -> !failure._2().isEmpty())
          .collectAsMap();
    } finally {
      all.destroy();
      hadoop.destroy();
    }
  }

  /** What went wrong, or nothing. Two datasets may have a photo as it was at two times. */
  private static String cut(
      Fetched photo, List<Order> orders, String root, Look look, Configuration hadoop)
      throws IOException {
    if (photo.failure() != null) {
      return photo.failure().getMessage();
    }
    String now = Sha256.hex(photo.bytes());
    List<Order> fitting = orders.stream().filter(order -> order.imageId().equals(now)).toList();
    try {
      if (!fitting.isEmpty()) {
        RgbImage image = new ImageDecoder(ImageDecoder.MOST_PIXELS).decode(photo.bytes()).image();
        for (Order order : fitting) {
          cut(image, order.cuts(), root, look, hadoop);
        }
      }
      return fitting.size() < orders.size() ? "has changed since it was indexed" : "";
    } catch (ImageFailure e) {
      return e.getMessage();
    }
  }

  private static void cut(
      RgbImage image, List<Task> tasks, String root, Look look, Configuration hadoop)
      throws IOException {
    for (Task task : tasks) {
      RgbImage part =
          task.corners() == null
              ? image.shrunkTo(look.photo)
              : face(image, task.corners()).shrunkTo(look.face);
      WholeFile.write(
          JpegEncoder.encode(part, QUALITY), new Path(root + "/" + task.file()), hadoop);
    }
  }

  /** A square around a face, moved and, where the photo is too small for it, cut to the photo. */
  private static RgbImage face(RgbImage image, int[] corners) {
    Box box = new Box(corners[0], corners[1], corners[2], corners[3]);
    int side = (int) Math.round(Math.max(box.width(), box.height()) * (1 + 2 * ROOM));
    int width = Math.min(side, image.width());
    int height = Math.min(side, image.height());
    return image.cut(
        within((box.left() + box.right() + 1 - width) / 2, image.width() - width),
        within((box.top() + box.bottom() + 1 - height) / 2, image.height() - height),
        width,
        height);
  }

  private static int within(int value, int most) {
    return Math.max(0, Math.min(value, most));
  }
}
