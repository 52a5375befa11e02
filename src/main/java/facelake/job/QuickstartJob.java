package facelake.job;

import facelake.match.PhotoRule;
import facelake.model.VerifiedModel;
import facelake.step.Changes;
import facelake.step.FaultLimits;
import facelake.step.cells.CellPlan;
import facelake.step.source.Layout;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * Shows what facelake does on dlib's example photos: indexes group photos and two albums, groups
 * the faces of one photo, and finds out who is in both albums under which names.
 *
 * <p>In: dlib's folder {@code examples}, which is not changed. Out: the tables of a lake, with the
 * datasets {@code faces}, {@code album-a} and {@code album-b}; and the albums, folders of links.
 *
 * <pre>jobs/quickstart</pre>
 */
public final class QuickstartJob {
  /** A photo of several people, of whom each is in it more than once. */
  public static final String PHOTO = "bald_guys.jpg";

  private static final double THRESHOLD = 0.6;

  private final SparkSession spark;
  private final QuickstartOptions options;
  private final List<VerifiedModel> models;
  private final IndexWatcher watcher;

  /**
   * A job that may run again, and then does only what is left to do.
   *
   * @param models the files of {@link facelake.pipeline.PipelineOptions#models}
   */
  public QuickstartJob(
      SparkSession spark,
      QuickstartOptions options,
      List<VerifiedModel> models,
      IndexWatcher watcher) {
    this.spark = spark;
    this.options = options;
    this.models = models;
    this.watcher = watcher;
  }

  /**
   * Indexes, clusters, dedupes and makes a page of it.
   *
   * @throws facelake.UserError for photos or a lake that cannot be used
   */
  public QuickstartResult execute() {
    ExampleAlbums albums = new ExampleAlbums(options.albums());
    albums.link(options.examples().resolve("johns"));
    List<IndexResult> indexed =
        List.of(
            index("faces", options.examples().resolve("faces"), Layout.FLAT),
            index(ExampleAlbums.A, albums.album(ExampleAlbums.A), Layout.IDENTITY_FOLDERS),
            index(ExampleAlbums.B, albums.album(ExampleAlbums.B), Layout.IDENTITY_FOLDERS));
    ClusterResult photo = new ClusterJob(spark, onePhoto(), watcher::phase).execute();
    DedupeResult people = new DedupeJob(spark, bothAlbums(), watcher::phase).execute();
    ReviewResult review = new ReviewJob(spark, site(), watcher::phase).execute();
    return new QuickstartResult(
        LakeSummary.of(spark, options.lake()), indexed, photo, people, review);
  }

  private IndexResult index(String dataset, Path photos, Layout layout) {
    IndexOptions index =
        new IndexOptions(
            List.of(photos.toString()),
            dataset,
            options.lake(),
            Optional.of(layout),
            options.pipeline(),
            IndexOptions.DEFAULT_CHUNK_IMAGES,
            Changes.Again.NONE,
            IndexOptions.OtherPipeline.REINDEX,
            FaultLimits.DEFAULT);
    return new IndexJob(spark, index, models, watcher).execute();
  }

  private ClusterOptions onePhoto() {
    return new ClusterOptions(
        options.lake(),
        Optional.empty(),
        Optional.of(PHOTO),
        DistanceThreshold.fixed(THRESHOLD),
        PhotoRule.ANY_NUMBER,
        0,
        CellPlan.EXACT_UP_TO);
  }

  private ReviewOptions site() {
    return new ReviewOptions(options.lake(), options.review(), ReviewOptions.USUAL_MOST, false);
  }

  private DedupeOptions bothAlbums() {
    return DedupeOptions.builder(options.lake())
        .datasets(List.of(ExampleAlbums.A, ExampleAlbums.B))
        .build();
  }
}
