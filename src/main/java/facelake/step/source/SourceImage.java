package facelake.step.source;

import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.io.Serializable;
import java.net.URI;
import java.util.Comparator;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * One image that an input holds: what it is called and where its bytes are.
 *
 * @param uri what names the image: {@code file:///a/b.jpg}, {@code hdfs://host/a/b.jpg}, for a
 *     member of a tar {@code file:///x/shard.tar#folder/name.jpg}, for a row of a table its own
 *     {@code uri}; the first three are escaped as RFC 3986 asks, with non-ASCII letters kept
 *     legible
 * @param source the qualified input that it was found under
 * @param identity the person's name as the input gives it, or null
 * @param bytes the length, 0 or more
 * @param version changes when the content may have changed: {@code length:mtime} of a file (mtime
 *     in milliseconds), {@code length:mtime} with the tar's mtime for a member, the content's
 *     SHA-256 for a row
 * @param container the URI of what holds the bytes: the file itself, the tar, the table
 * @param offset where in the container: 0 for a file, the member's first byte in a tar, the
 *     partition of the scan for a table
 */
public record SourceImage(
    String uri,
    String source,
    String identity,
    long bytes,
    String version,
    String container,
    long offset)
    implements Serializable {

  /** The columns, named as the components and in their order. */
  public static final StructType SCHEMA =
      new StructType()
          .add("uri", StringType, false)
          .add("source", StringType, false)
          .add("identity", StringType, true)
          .add("bytes", LongType, false)
          .add("version", StringType, false)
          .add("container", StringType, false)
          .add("offset", LongType, false);

  /** The order in which the bytes lie: by container, within it by offset, then by URI. */
  static final Comparator<SourceImage> BY_PLACE =
      Comparator.comparing(SourceImage::container)
          .thenComparingLong(SourceImage::offset)
          .thenComparing(SourceImage::uri);

  /** The image of a row that has at least the columns of {@link #SCHEMA}, in any order. */
  public static SourceImage of(Row row) {
    return new SourceImage(
        row.getAs("uri"),
        row.getAs("source"),
        row.getAs("identity"),
        row.<Long>getAs("bytes"),
        row.getAs("version"),
        row.getAs("container"),
        row.<Long>getAs("offset"));
  }

  /**
   * What a person calls the image: the path of the file, or of the member inside its tar, without
   * escapes; a row of a table has its {@code uri}.
   */
  public String name() {
    return name(uri);
  }

  /** What a person calls the image of this URI, see {@link #name()}. */
  public static String name(String uri) {
    int member = uri.indexOf('#');
    try {
      String name =
          member < 0 ? URI.create(uri).getPath() : URI.create(uri.substring(member)).getFragment();
      return name == null ? uri : name;
    } catch (IllegalArgumentException e) {
      return uri; // of a table, where it may be anything
    }
  }

  /** Whether a name has a suffix that pictures have. */
  public static boolean isPictureName(String name) {
    return Suffix.picture(name);
  }

  /** The row of this image in {@link #SCHEMA}. */
  public Row row() {
    return RowFactory.create(uri, source, identity, bytes, version, container, offset);
  }

  SourceImage withIdentity(String other) {
    return new SourceImage(uri, source, other, bytes, version, container, offset);
  }
}
