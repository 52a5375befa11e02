package facelake.step.tag;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;

import facelake.table.TagVerdict;
import facelake.table.TagsTable;
import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * What has to be compared, since an earlier run has compared the rest. All rows by a gallery were
 * compared with the gallery faces that stand among them, since each run replaces them together.
 *
 * <p>A face is known when its row is of the same face found by the same run, and all gallery faces
 * that are kept in it are still there with the same names: it lacks what is new in the gallery and
 * nothing else. All other faces have to be compared with the whole gallery.
 *
 * @param known rows of {@link NearestGallery#FOUND} of an earlier run that hold; they stay in
 *     memory or on the executors' disks until this is closed
 * @param fresh rows of {@link NearestGallery#PROBES}: the other faces
 * @param knownFaces rows of {@link NearestGallery#PROBES}: the faces of {@code known}
 * @param newGallery rows of {@link NearestGallery#GALLERY} that the known faces were not compared
 *     with
 */
public record TagChanges(
    Dataset<Row> known, Dataset<Row> fresh, Dataset<Row> knownFaces, Dataset<Row> newGallery)
    implements AutoCloseable {
  private static final String[] SAME_FACE = {TagsTable.FACE_ID, TagsTable.FACE_RUN};
  private static final String[] SAME_GALLERY_FACE = {
    TagsTable.FACE_ID, TagsTable.FACE_RUN, TagsTable.PERSON
  };

  /**
   * Compares the tables.
   *
   * @param old rows of {@link TagsTable} by the gallery and of the embedder
   * @param probes rows of {@link NearestGallery#PROBES}
   * @param gallery rows of {@link NearestGallery#GALLERY}
   */
  public static TagChanges since(Dataset<Row> old, Dataset<Row> probes, Dataset<Row> gallery) {
    Column ofGallery = col(TagsTable.VERDICT).equalTo(TagVerdict.GALLERY.label());
    Dataset<Row> oldGallery = old.where(ofGallery).select(columns(SAME_GALLERY_FACE));
    Dataset<Row> gone =
        oldGallery.join(gallery, SAME_GALLERY_FACE, "left_anti").select(TagsTable.FACE_ID);
    Dataset<Row> rows =
        old.where(ofGallery.equalTo(false)).select(columns(NearestGallery.FOUND.fieldNames()));
    Dataset<Row> known =
        rows.join(probes.select(columns(SAME_FACE)), SAME_FACE, "left_semi")
            .join(withNeighbourIn(rows, gone), new String[] {TagsTable.FACE_ID}, "left_anti")
            .select(columns(NearestGallery.FOUND.fieldNames()))
            .persist(StorageLevel.MEMORY_AND_DISK());
    Dataset<Row> ids = known.select(TagsTable.FACE_ID);
    String[] sameId = {TagsTable.FACE_ID};
    return new TagChanges(
        known,
        probes.join(ids, sameId, "left_anti"),
        probes.join(ids, sameId, "left_semi"),
        gallery.join(oldGallery, SAME_GALLERY_FACE, "left_anti"));
  }

  /** Ids of faces that keep one of some gallery faces. */
  private static Dataset<Row> withNeighbourIn(Dataset<Row> rows, Dataset<Row> gone) {
    String neighbour = "neighbour";
    return rows.select(
            col(TagsTable.FACE_ID),
            explode(col(TagsTable.NEIGHBOURS + "." + TagsTable.FACE_ID)).as(neighbour))
        .join(gone.select(col(TagsTable.FACE_ID).as(neighbour)), neighbour)
        .select(TagsTable.FACE_ID)
        .distinct();
  }

  private static Column[] columns(String... names) {
    return Arrays.stream(names).map(name -> col(name)).toArray(Column[]::new);
  }

  @Override
  public void close() {
    known.unpersist();
  }
}
