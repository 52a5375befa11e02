package facelake.step.forget;

import facelake.Sha256;
import facelake.UserError;
import facelake.dlib.Box;
import facelake.pipeline.Face;
import facelake.pipeline.ProcessedImage;
import facelake.step.source.Fetched;
import facelake.step.source.Listing;
import facelake.step.source.SourceImage;
import facelake.table.ForgottenTable;
import facelake.table.Lake;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/**
 * Keeps photos and faces of forgotten people out of a lake: knows them by salted hashes when it
 * meets them, and cannot name them.
 */
public final class Forgotten implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final int SALT_BYTES = 16;

  private final String salt;
  private final Set<String> hashes;

  private Forgotten(String salt, Set<String> hashes) {
    this.salt = salt;
    this.hashes = hashes;
  }

  /** Keeps nobody out. */
  public static Forgotten nobody() {
    return new Forgotten("", Set.of());
  }

  /**
   * Those whom a lake has forgotten.
   *
   * @throws UserError when the table has rows of another lake
   */
  public static Forgotten read(SparkSession spark, Lake lake) {
    boolean any =
        lake.tables(spark.sparkContext().hadoopConfiguration()).contains(ForgottenTable.NAME);
    List<Row> rows =
        any
            ? ForgottenTable.open(spark, lake)
                .read()
                .select(ForgottenTable.SALT, ForgottenTable.HASH)
                .collectAsList()
            : List.of();
    Set<String> salts = new HashSet<>();
    Set<String> hashes = new HashSet<>();
    for (Row row : rows) {
      salts.add(row.getString(0));
      hashes.add(row.getString(1));
    }
    if (salts.size() > 1) {
      throw new UserError(
          "table %s has %d salts, and a lake has one: rows of another lake are among its own; take"
              + " those out, else people who were forgotten come back",
          lake.path(ForgottenTable.NAME), salts.size());
    }
    return new Forgotten(salts.isEmpty() ? newSalt() : salts.iterator().next(), hashes);
  }

  private static String newSalt() {
    byte[] salt = new byte[SALT_BYTES];
    new java.security.SecureRandom().nextBytes(salt);
    return HexFormat.of().formatHex(salt);
  }

  /** Rows of {@link ForgottenTable} that keep traces out. */
  public List<Row> rows(Traces traces, String runId, Instant recordedAt) {
    List<Row> rows = new ArrayList<>();
    Timestamp at = Timestamp.from(recordedAt);
    traces.images().forEach(id -> rows.add(row(ForgottenTable.IMAGE, id, runId, at)));
    traces.versions().forEach(one -> rows.add(row(ForgottenTable.URI, one, runId, at)));
    traces
        .identities()
        .forEach(
            identity ->
                rows.add(
                    row(
                        ForgottenTable.IDENTITY,
                        label(identity.dataset(), identity.name()),
                        runId,
                        at)));
    traces.faces().values().forEach(face -> rows.add(row(ForgottenTable.FACE, face, runId, at)));
    return rows;
  }

  private Row row(String kind, String what, String runId, Timestamp at) {
    return RowFactory.create(kind, hash(kind, what), salt, runId, at);
  }

  private static String label(String dataset, String identity) {
    return dataset + "\n" + identity;
  }

  private String hash(String kind, String what) {
    return Sha256.hex(String.join("\n", salt, kind, what).getBytes(StandardCharsets.UTF_8));
  }

  private boolean has(String kind, String what) {
    return hashes.contains(hash(kind, what));
  }

  /** A listing without images that are known by their uri or identity. */
  public Listing without(Listing listing, String dataset) {
    if (hashes.isEmpty()) {
      return listing;
    }
    Dataset<Row> others =
        listing
            .images()
            .filter((FilterFunction<Row>) row -> !isKnown(SourceImage.of(row), dataset));
    return new Listing(others, others.count(), listing.skipped(), listing.warnings());
  }

  private boolean isKnown(SourceImage image, String dataset) {
    return has(ForgottenTable.URI, Traces.version(image.uri(), image.version()))
        || image.identity() != null && isKnown(dataset, image.identity());
  }

  /** Whether an identity was forgotten under that name. */
  public boolean isKnown(String dataset, String identity) {
    return has(ForgottenTable.IDENTITY, label(dataset, identity));
  }

  /** Whether an image is known by its content. */
  public boolean isKnown(Fetched fetched) {
    return !hashes.isEmpty()
        && fetched.bytes() != null
        && has(ForgottenTable.IMAGE, Sha256.hex(fetched.bytes()));
  }

  /** An image without the faces that are known by their place in it. */
  public <K> ProcessedImage<K> without(ProcessedImage<K> image) {
    if (hashes.isEmpty()) {
      return image;
    }
    List<Face> others =
        image.faces().stream()
            .filter(face -> !has(ForgottenTable.FACE, place(image.imageId(), face.box())))
            .toList();
    return others.size() == image.faces().size() ? image : image.withFaces(others);
  }

  private static String place(String imageId, Box box) {
    return Traces.place(imageId, box.left(), box.top(), box.right(), box.bottom());
  }
}
