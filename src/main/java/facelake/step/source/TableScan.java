package facelake.step.source;

import java.io.Serializable;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.PartitionPruningRDD;
import org.apache.spark.sql.Row;
import scala.Function1;
import scala.Tuple2;

/**
 * One scan of a table. It keeps one RDD for all passes, so a row stands in the same partition each
 * time, whatever becomes of the table meanwhile.
 *
 * @param table the URI of the table, which becomes the container of its images
 * @param rows uri, content, identity
 */
record TableScan(int rank, String source, String table, JavaRDD<Row> rows) {
  private static final String NO_CONTENT = "null";

  /** Where the content of a row goes. */
  record Ticket(String table, String version, int bin) implements Serializable {}

  /** A row's content, which may be null. */
  record Content(String uri, byte[] bytes) implements Serializable {}

  /** The images of all rows, by reading and hashing their contents. */
  JavaRDD<Found> images() {
    int rank = this.rank;
    String source = this.source;
    String table = this.table;
    return rows.mapPartitionsWithIndex(
        (partition, some) ->
            Lazy.stream(some).map(row -> found(rank, source, table, row, partition)).iterator(),
        true);
  }

  /**
   * The wanted contents, keyed by their bins, from these partitions alone.
   *
   * @param wanted tickets by URI; a row of that URI with another content is not handed out
   */
  JavaPairRDD<Integer, Content> contents(Set<Integer> partitions, Map<String, Ticket> wanted) {
    String table = this.table;
    Function1<Object, Object> among =
        (Function1<Object, Object> & Serializable) partition -> partitions.contains(partition);
    return PartitionPruningRDD.create(rows.rdd(), among)
        .toJavaRDD()
        .flatMapToPair(row -> handed(table, row, wanted));
  }

  private static Iterator<Tuple2<Integer, Content>> handed(
      String table, Row row, Map<String, Ticket> wanted) {
    Ticket ticket = wanted.get(row.getString(0));
    if (ticket == null || !ticket.table().equals(table)) {
      return Collections.emptyIterator();
    }
    byte[] content = row.getAs(1);
    return ticket.version().equals(version(content))
        ? List.of(new Tuple2<>(ticket.bin(), new Content(row.getString(0), content))).iterator()
        : Collections.emptyIterator();
  }

  private static Found found(int rank, String source, String table, Row row, int partition) {
    if (row.isNullAt(0)) {
      return Found.refused(
          rank, "Table " + table + " has a row whose uri is null; give every row a uri of its own");
    }
    byte[] content = row.getAs(1);
    long bytes = content == null ? 0 : content.length;
    String version = version(content);
    return Found.image(
        rank,
        new SourceImage(
            row.getString(0), source, row.getString(2), bytes, version, table, partition));
  }

  private static String version(byte[] content) {
    if (content == null) {
      return NO_CONTENT;
    }
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
