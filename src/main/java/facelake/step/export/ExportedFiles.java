package facelake.step.export;

import facelake.spark.WholeFile;
import facelake.step.source.Fetched;
import facelake.step.source.IndexedSources;
import facelake.step.source.SourceImage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import scala.Tuple2;

/** Writes the pictures of a chunk into a target: each file whole, or not at all. */
public final class ExportedFiles {
  /** Photos that a task reads, so that progress shows and a lost task costs little. */
  private static final int PHOTOS_A_TASK = 64;

  private final SparkSession spark;
  private final IndexedSources sources;
  private final PictureMaker maker;
  private final String target;
  private final String parts;

  /**
   * A writer.
   *
   * @param chipSize pixels a side of a chip; 0 for photos as they are
   * @param target URI of the folder of the export
   * @param parts URI of a folder for files that are being written
   */
  public ExportedFiles(
      SparkSession spark, IndexedSources sources, int chipSize, String target, String parts) {
    this.spark = spark;
    this.sources = sources;
    this.maker = new PictureMaker(chipSize);
    this.target = target;
    this.parts = parts;
  }

  /**
   * Writes files, each with one picture.
   *
   * @return what became of each order, in the order of faces
   */
  public List<ExportedPicture> writeFiles(List<ExportOrder> orders) {
    String root = target;
    String folder = parts;
    orders.forEach(
        order -> {
          WholeFile.below(root, order.path());
          WholeFile.below(folder, order.faceId());
        });
    return write(
        orders,
        (made, hadoop) -> made.map(picture -> file(picture, root, folder, hadoop.value().value())));
  }

  /**
   * Writes shards, each in the order of the orders.
   *
   * @param orders of whole shards
   * @return what became of each order, in the order of faces
   */
  public List<ExportedPicture> writeShards(List<ExportOrder> orders) {
    ShardPartitioner shards = ShardPartitioner.of(orders);
    Map<String, Integer> places = new HashMap<>();
    for (int place = 0; place < orders.size(); place++) {
      places.put(orders.get(place).faceId(), place);
    }
    String root = target;
    String folder = parts;
    return write(
        orders,
        (made, hadoop) ->
            made.mapToPair(picture -> new Tuple2<>(places.get(picture.order().faceId()), picture))
                .repartitionAndSortWithinPartitions(shards)
                .values()
                .mapPartitions(
                    pictures ->
                        new ShardWriter(root, folder, hadoop.value().value())
                            .write(pictures)
                            .iterator()));
  }

  /** Turns pictures into what became of them. */
  private interface Writing {
    JavaRDD<ExportedPicture> of(
        JavaRDD<PictureMaker.Made> made, Broadcast<SerializableConfiguration> hadoop);
  }

  private List<ExportedPicture> write(List<ExportOrder> orders, Writing writing) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Map<String, List<ExportOrder>> byUri =
        orders.stream()
            .collect(
                Collectors.groupingBy(
                    order -> order.photo().uri(), HashMap::new, Collectors.toList()));
    List<SourceImage> photos = orders.stream().map(ExportOrder::photo).distinct().toList();
    int partitions =
        Math.max(spark.sparkContext().defaultParallelism(), photos.size() / PHOTOS_A_TASK);
    PictureMaker own = maker;
    Broadcast<Map<String, List<ExportOrder>>> all = context.broadcast(byUri);
    Broadcast<SerializableConfiguration> hadoop =
        context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
    try {
      JavaRDD<PictureMaker.Made> made =
          sources
              .read(photos, partitions)
              .flatMap(photo -> own.make(photo, of(photo, all.value())).iterator());
      return writing.of(made, hadoop).collect().stream()
          .sorted(Comparator.comparing(ExportedPicture::faceId))
          .toList();
    } finally {
      all.destroy();
      hadoop.destroy();
    }
  }

  /** One file that was indexed from two inputs is read twice, each time for its own orders. */
  private static List<ExportOrder> of(Fetched photo, Map<String, List<ExportOrder>> all) {
    return all.get(photo.image().uri()).stream()
        .filter(order -> order.photo().equals(photo.image()))
        .toList();
  }

  private static ExportedPicture file(
      PictureMaker.Made made, String root, String parts, Configuration hadoop) throws IOException {
    if (made.lost() != null) {
      return made.lost();
    }
    long length =
        WholeFile.write(
            out -> out.write(made.bytes()),
            new Path(root + "/" + made.order().path()),
            new Path(parts + "/" + made.order().faceId()),
            hadoop);
    return ExportedPicture.written(made.order(), length);
  }

  /**
   * The files of pictures that are not as they should be: those of another length, those that are
   * not there, and those without a picture whose photo may be back. They are removed: not every
   * file system puts a file in the place of another one.
   */
  public Set<String> unsound(Collection<ExportedPicture> pictures) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<SerializableConfiguration> hadoop =
        context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
    Map<String, Long> lengths = new HashMap<>();
    pictures.forEach(
        picture -> lengths.merge(picture.path(), picture.bytes(), Math::min)); // -1: none
    List<Tuple2<String, Long>> files = new ArrayList<>();
    String root = target;
    lengths.forEach(
        (path, length) -> {
          WholeFile.below(root, path);
          files.add(new Tuple2<>(path, length));
        });
    int partitions = Math.max(1, spark.sparkContext().defaultParallelism());
    try {
      return Set.copyOf(
          context
              .parallelize(files, partitions)
              .filter(
                  file ->
                      !isWhole(new Path(root + "/" + file._1()), file._2(), hadoop.value().value()))
              .map(Tuple2::_1)
              .collect());
    } finally {
      hadoop.destroy();
    }
  }

  private static boolean isWhole(Path file, long length, Configuration hadoop) throws IOException {
    FileSystem files = WholeFile.plain(file.getFileSystem(hadoop));
    try {
      if (files.getFileStatus(file).getLen() == length) {
        return true;
      }
      files.delete(file, false);
      return false;
    } catch (FileNotFoundException e) {
      return false;
    }
  }
}
