package facelake.job;

import facelake.spark.LiteralPath;
import facelake.spark.Phases;
import facelake.step.export.ExportChunks;
import facelake.step.export.ExportFormat;
import facelake.step.export.ExportOrder;
import facelake.step.export.ExportOrders;
import facelake.step.export.ExportedFiles;
import facelake.step.export.ExportedPicture;
import facelake.step.source.IndexedSources;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Writes pictures chunk by chunk, and leaves alone what an earlier run has written. */
final class ExportWriter {
  /** A JPEG chip of quality 95 has some half a byte a pixel, one of much detail nearly one. */
  private static final double BYTES_A_PIXEL = 0.6;

  private static final long MB = 1_000_000;

  private final SparkSession spark;
  private final ExportOptions options;
  private final ExportTarget target;
  private final ScratchFolder scratch;
  private final ExportedFiles files;
  private final Phases phases;
  private final boolean shards;
  private long written;
  private long unchanged;

  ExportWriter(
      SparkSession spark,
      ExportOptions options,
      ExportTarget target,
      ScratchFolder scratch,
      IndexedSources sources,
      Phases phases) {
    this.spark = spark;
    this.options = options;
    this.target = target;
    this.scratch = scratch;
    this.phases = phases;
    this.shards = options.format() == ExportFormat.WEBDATASET;
    this.files =
        new ExportedFiles(spark, sources, options.chipSize(), target.uri(), target.parts());
  }

  /** Files that stand there now. */
  long files() {
    return written + unchanged;
  }

  /** Files that stood there already. */
  long unchanged() {
    return unchanged;
  }

  /**
   * Writes the pictures.
   *
   * @return what became of them: rows of {@link ExportedPicture#SCHEMA}
   */
  Dataset<Row> write(Dataset<Row> orders) {
    long count = orders.count();
    if (options.format() != ExportFormat.CSV) {
      ExportChunks chunks = chunks(orders, count);
      long done = 0;
      for (int number = 0; chunks.hasNext(); number++) {
        List<ExportOrder> chunk = chunks.next();
        phases.begin("pictures %,d to %,d of %,d", done + 1, done + chunk.size(), count);
        write(number, chunk);
        scratch.touch();
        done += chunk.size();
      }
    }
    return notes();
  }

  private ExportChunks chunks(Dataset<Row> orders, long count) {
    if (!shards) {
      Iterator<ExportOrder> byPlace = ExportOrders.sorted(orders, count, ExportOrders.byPlace());
      return ExportChunks.ofFiles(byPlace, options.chunkImages());
    }
    long chip = Math.round(BYTES_A_PIXEL * options.chipSize() * options.chipSize());
    return ExportChunks.ofShards(
        ExportOrders.sorted(orders, count, ExportOrders.shuffled(options.seed())),
        options.chunkImages(),
        options.shardMb() * MB,
        order -> chip > 0 ? chip : order.photo().bytes());
  }

  private void write(int number, List<ExportOrder> chunk) {
    Optional<List<ExportedPicture>> before =
        target.done(number).filter(pictures -> isOf(chunk, pictures));
    Set<String> unsound =
        before
            .map(files::unsound)
            .orElseGet(() -> chunk.stream().map(ExportOrder::path).collect(Collectors.toSet()));
    List<ExportOrder> left =
        chunk.stream().filter(order -> unsound.contains(order.path())).toList();
    List<ExportedPicture> stay =
        before.orElse(List.of()).stream()
            .filter(picture -> !unsound.contains(picture.path()))
            .toList();
    if (!left.isEmpty()) {
      List<ExportedPicture> now = shards ? files.writeShards(left) : files.writeFiles(left);
      target.note(
          number,
          Stream.concat(stay.stream(), now.stream())
              .sorted(Comparator.comparing(ExportedPicture::faceId))
              .toList());
      written += files(now);
    }
    unchanged += files(stay);
  }

  /** Photos may lie in another order than when the chunk was noted down. */
  private static boolean isOf(List<ExportOrder> chunk, List<ExportedPicture> pictures) {
    return chunk.size() == pictures.size()
        && pictures.stream()
            .map(ExportedPicture::faceId)
            .collect(Collectors.toSet())
            .containsAll(chunk.stream().map(ExportOrder::faceId).toList());
  }

  private static long files(List<ExportedPicture> pictures) {
    Set<String> paths = new HashSet<>();
    pictures.stream().filter(ExportedPicture::exists).forEach(picture -> paths.add(picture.path()));
    return paths.size();
  }

  private Dataset<Row> notes() {
    return target.done(0).isEmpty()
        ? spark.createDataFrame(List.of(), ExportedPicture.SCHEMA)
        : spark.read().schema(ExportedPicture.SCHEMA).json(LiteralPath.of(target.notes()));
  }
}
