package facelake.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;

import facelake.UserError;
import facelake.spark.Stored;
import facelake.step.Changes;
import facelake.step.FaultLimits;
import facelake.step.source.ImageSource;
import facelake.step.source.Layout;
import facelake.step.source.Listing;
import facelake.step.tag.NearestGallery;
import facelake.table.FacesTable;
import facelake.table.ImageStatus;
import facelake.table.ImagesTable;
import facelake.table.Lake;
import facelake.table.PeopleTable;
import facelake.table.TagsTable;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The faces of a gallery, of which it is known whom they show. */
final class GalleryFaces {
  private static final int SHOWN = 6;

  private final SparkSession spark;
  private final Lake lake;
  private final List<String> datasets;
  private final List<String> warnings;
  private final Dataset<Row> named;

  private GalleryFaces(
      SparkSession spark,
      Lake lake,
      List<String> datasets,
      List<String> warnings,
      Dataset<Row> named) {
    this.spark = spark;
    this.lake = lake;
    this.datasets = datasets;
    this.warnings = warnings;
    this.named = named;
  }

  /**
   * Opens a gallery; a folder is indexed first, as far as it has changed.
   *
   * @param embedder of the faces that are to be named
   * @param folder URI of a new folder that keeps the gallery as it is now; the caller removes it
   * @throws UserError when there is no such gallery, or its faces cannot be compared with those
   */
  static GalleryFaces open(
      SparkSession spark,
      TagOptions options,
      String embedder,
      String folder,
      IndexWatcher watcher) {
    List<String> warnings = List.of();
    if (options.gallery() instanceof TagOptions.Gallery.Folder photos) {
      EmbedderLabel.requireSame(
          embedder, "the faces to be tagged", photos.pipeline(), photos.models());
      warnings = index(spark, options.lake(), photos, watcher);
    }
    List<String> datasets = options.gallery().datasets();
    Dataset<Row> all = FacesTable.open(spark, options.lake()).readWhole();
    // A folder's dataset may have no face, which is told in words of the folder.
    Dataset<Row> whole =
        options.gallery() instanceof TagOptions.Gallery.Folder
            ? all.where(col(FacesTable.DATASET).isin(datasets.toArray()))
            : FaceSelection.of(all, datasets).faces();
    Dataset<Row> named =
        FaceSelection.alone(whole)
            .select(
                FacesTable.FACE_ID,
                FacesTable.DATASET,
                FacesTable.URI,
                FacesTable.IDENTITY,
                FacesTable.RUN_ID,
                FacesTable.EMBEDDER,
                FacesTable.EMBEDDING);
    return new GalleryFaces(spark, options.lake(), datasets, warnings, Stored.rows(named, folder));
  }

  private static List<String> index(
      SparkSession spark, Lake lake, TagOptions.Gallery.Folder folder, IndexWatcher watcher) {
    List<String> input = List.of(folder.folder());
    ImageSource source = ImageSource.open(spark, input, Layout.IDENTITY_FOLDERS);
    requireNames(source, folder.folder());
    requireNoOther(spark, lake, folder.dataset(), source);
    IndexOptions options =
        new IndexOptions(
            input,
            folder.dataset(),
            lake,
            Optional.of(Layout.IDENTITY_FOLDERS),
            folder.pipeline(),
            IndexOptions.DEFAULT_CHUNK_IMAGES,
            Changes.Again.NONE,
            IndexOptions.OtherPipeline.REINDEX,
            FaultLimits.DEFAULT);
    return new IndexJob(spark, options, folder.models(), watcher).execute().warnings();
  }

  /** Before anything of it stands in the lake. */
  private static void requireNames(ImageSource source, String folder) {
    try (Listing photos = source.list()) {
      if (photos.images().where(col(ImagesTable.IDENTITY).isNotNull()).isEmpty()) {
        throw new UserError(
            "gallery %s has no photo in a folder of a person (photos: %,d); make one folder a person,"
                + " with photos of that person alone",
            folder, photos.count());
      }
    }
  }

  /** A gallery is one folder: photos of another would count, too. */
  private static void requireNoOther(
      SparkSession spark, Lake lake, String dataset, ImageSource folder) {
    List<String> others =
        ImagesTable.open(spark, lake)
            .read()
            .where(col(ImagesTable.DATASET).equalTo(dataset))
            .where(col(ImagesTable.STATUS).notEqual(ImageStatus.REMOVED.label()))
            .where(col(ImagesTable.SOURCE).isin(folder.sources().toArray()).equalTo(false))
            .select(ImagesTable.SOURCE)
            .distinct()
            .limit(1)
            .as(Encoders.STRING())
            .collectAsList();
    if (!others.isEmpty()) {
      throw new UserError(
          "dataset %s has photos of %s, which are not in this gallery; give the gallery a name of its"
              + " own with --gallery-dataset",
          dataset, others.get(0));
    }
  }

  /** Sentences on what of the folder could not be listed. */
  List<String> warnings() {
    return warnings;
  }

  /** The embedder of all of them. */
  String embedder() {
    return OneEmbedder.of(
            new FaceSelection(PeopleTable.OF_DATASET + String.join(",", datasets), named))
        .embedder();
  }

  /** Rows of {@link NearestGallery#GALLERY}. */
  Dataset<Row> rows() {
    return named()
        .select(
            col(FacesTable.FACE_ID),
            col(FacesTable.RUN_ID).as(TagsTable.FACE_RUN),
            col(FacesTable.IDENTITY).as(TagsTable.PERSON),
            col(FacesTable.EMBEDDING));
  }

  /** Columns of the table faces, of photos of one face with a name. */
  Dataset<Row> named() {
    return named;
  }

  /**
   * Counts what there is.
   *
   * @throws UserError when there is no face with a name
   */
  TagResult.GalleryCount counted() {
    Dataset<Row> images = ImagesTable.open(spark, lake).read().where(ofGallery());
    Row names = named().agg(count(lit(1)), count_distinct(col(FacesTable.IDENTITY))).head();
    Row photos =
        images
            .agg(
                count_if(is(ImageStatus.OK).and(col(ImagesTable.FACES).gt(1))),
                count_if(is(ImageStatus.NO_FACE)),
                count_if(is(ImageStatus.FAILED)),
                count_if(
                    is(ImageStatus.OK)
                        .and(col(ImagesTable.FACES).equalTo(1))
                        .and(col(ImagesTable.IDENTITY).isNull())))
            .head();
    if (names.getLong(0) == 0) {
      throw new UserError(
          "gallery %s has no photo of one face with a name (photos of several faces: %,d, without a"
              + " face: %,d, failed: %,d, without a name: %,d); make one folder a person, with photos"
              + " of that person alone",
          String.join(",", datasets),
          photos.getLong(0),
          photos.getLong(1),
          photos.getLong(2),
          photos.getLong(3));
    }
    return new TagResult.GalleryCount(
        names.getLong(0),
        names.getLong(1),
        photos.getLong(0),
        photos.getLong(1),
        photos.getLong(2),
        photos.getLong(3),
        missing(images));
  }

  private List<String> missing(Dataset<Row> images) {
    return images
        .where(is(ImageStatus.REMOVED).equalTo(false).and(col(ImagesTable.IDENTITY).isNotNull()))
        .select(ImagesTable.IDENTITY)
        .distinct()
        .join(named().select(FacesTable.IDENTITY), new String[] {FacesTable.IDENTITY}, "left_anti")
        .orderBy(ImagesTable.IDENTITY)
        .limit(SHOWN)
        .as(Encoders.STRING())
        .collectAsList();
  }

  private Column ofGallery() {
    return col(ImagesTable.DATASET).isin(datasets.toArray());
  }

  private static Column is(ImageStatus status) {
    return col(ImagesTable.STATUS).equalTo(status.label());
  }
}
