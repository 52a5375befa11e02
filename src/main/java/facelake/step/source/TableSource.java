package facelake.step.source;

import static org.apache.spark.sql.functions.col;

import facelake.step.source.TableScan.Content;
import facelake.step.source.TableScan.Ticket;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Images that are rows of Parquet or Delta tables: {@code uri} string, {@code content} binary and
 * perhaps {@code identity}.
 *
 * <p>Listing reads every content once, to hash it, and notes the partition of the scan that each
 * row came from. Reading a chunk uses the very same RDD, pruned to the partitions that the chunk's
 * rows came from. Chunks are cut along partitions, so a run reads each partition once, and again
 * only where a cut falls into it: the number of chunks does not matter. (A table of one partition,
 * such as one Parquet file of one row group, is read for each chunk.) The contents then go through
 * a shuffle into bins of equal bytes, because the partitions of a scan are few and uneven.
 */
final class TableSource implements ImageSource {
  private final SparkSession spark;
  private final JavaSparkContext context;
  private final Inputs inputs;
  private final List<TableScan> scans;

  TableSource(SparkSession spark, Inputs inputs) {
    this.spark = spark;
    this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.inputs = inputs;
    this.scans = Tables.open(spark, inputs);
  }

  @Override
  public Layout layout() {
    return Layout.TABLE;
  }

  @Override
  public List<String> sources() {
    return inputs.sources();
  }

  @Override
  public Listing list() {
    try (Findings findings = new Findings()) {
      scans.forEach(scan -> findings.store(Found.rows(spark, scan.images())));
      return findings
          .listing(col("rank"), col("image.version"), col("image.identity"), col("image.offset"))
          .orRefuse(inputs.inWords(), "with a uri");
    }
  }

  @Override
  public JavaRDD<Fetched> read(List<SourceImage> chunk, int partitions) {
    if (chunk.isEmpty()) {
      return context.emptyRDD();
    }
    List<List<SourceImage>> bins = ByteBins.spread(chunk, partitions);
    JavaRDD<Content> contents =
        contents(chunk, tickets(bins)).partitionBy(new HashPartitioner(bins.size())).values();
    return context
        .parallelize(bins, bins.size())
        .zipPartitions(contents, (bin, found) -> match(bin.next(), found));
  }

  private JavaPairRDD<Integer, Content> contents(
      List<SourceImage> chunk, Map<String, Ticket> tickets) {
    Map<String, Set<Integer>> places = new HashMap<>();
    for (SourceImage image : chunk) {
      places
          .computeIfAbsent(image.container(), table -> new HashSet<>())
          .add(Math.toIntExact(image.offset()));
    }
    return scans.stream()
        .filter(scan -> places.containsKey(scan.table()))
        .map(scan -> scan.contents(places.get(scan.table()), tickets))
        .reduce(JavaPairRDD::union)
        .orElseThrow();
  }

  private static Map<String, Ticket> tickets(List<List<SourceImage>> bins) {
    Map<String, Ticket> tickets = new HashMap<>();
    for (int bin = 0; bin < bins.size(); bin++) {
      for (SourceImage image : bins.get(bin)) {
        tickets.put(image.uri(), new Ticket(image.container(), image.version(), bin));
      }
    }
    return tickets;
  }

  /** The images with their contents as these come, then those whose content did not come. */
  private static Iterator<Fetched> match(List<SourceImage> bin, Iterator<Content> contents) {
    Map<String, SourceImage> open = new LinkedHashMap<>();
    bin.forEach(image -> open.put(image.uri(), image));
    Stream<Fetched> come =
        Lazy.stream(contents)
            .filter(content -> open.containsKey(content.uri()))
            .map(content -> fetched(open.remove(content.uri()), content.bytes()));
    Stream<Fetched> left =
        Stream.of(open)
            .flatMap(images -> images.values().stream())
            .map(image -> failed(image, "its row is no longer in the table"));
    return Stream.concat(come, left).iterator();
  }

  private static Fetched fetched(SourceImage image, byte[] content) {
    return content == null ? failed(image, "its content is null") : Fetched.of(image, content);
  }

  private static Fetched failed(SourceImage image, String why) {
    return Fetched.failed(image, Fetching.unreadable(why));
  }
}
