package facelake.job;

import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count;

import facelake.UserError;
import facelake.model.VerifiedModel;
import facelake.spark.Phases;
import facelake.step.Changes;
import facelake.step.forget.Forgotten;
import facelake.step.journal.CrashJournal;
import facelake.step.source.ImageSource;
import facelake.step.source.Listing;
import facelake.table.FacesTable;
import facelake.table.ImagesTable;
import facelake.table.RunsTable;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * Finds the faces of photos and keeps a lake's tables {@code images} and {@code faces} as the
 * photos are.
 *
 * <p>In: folders, globs, tars or tables of photos. Out: rows for every photo that is new or has
 * changed since the last run, bad ones included; rows of photos that are gone are marked. Running
 * the same command twice does nothing the second time.
 *
 * <p>Photos are worked on in chunks. Each is committed to {@code faces} first and to {@code images}
 * after, with the id of the run in both: a kill in between leaves faces without an image row of
 * their run, which the next run takes away before it does the chunk again. So no kill loses or
 * doubles a row.
 *
 * <pre>jobs/facelake index --input PHOTOS --dataset NAME --lake DIR</pre>
 */
public final class IndexJob {
  /**
   * What a run heeds beside its photos.
   *
   * @param claim on the dataset
   * @param journal of the images that have crashed
   * @param forgotten whose photos and faces are left out
   */
  record Guards(RunClaim claim, CrashJournal journal, Forgotten forgotten) {}

  private final SparkSession spark;
  private final IndexOptions options;
  private final IndexWatcher watcher;
  private final IndexRun run;

  /**
   * A job that runs once.
   *
   * @param models the files of {@link facelake.pipeline.PipelineOptions#models}
   */
  public IndexJob(
      SparkSession spark, IndexOptions options, List<VerifiedModel> models, IndexWatcher watcher) {
    this.spark = spark;
    this.options = options;
    this.watcher = watcher;
    this.run = new IndexRun(spark, options, models);
  }

  /**
   * Brings the tables up to date.
   *
   * @throws UserError for inputs or a lake that cannot be used, and where the dataset holds rows of
   *     another pipeline
   */
  public IndexResult execute() {
    options.lake().requireWritable(spark.sparkContext().hadoopConfiguration());
    ImageSource source =
        options
            .layout()
            .map(layout -> ImageSource.open(spark, options.inputs(), layout))
            .orElseGet(() -> ImageSource.open(spark, options.inputs()));
    try (Phases phases = new Phases(spark, "index " + options.dataset(), watcher::phase)) {
      phases.begin("listing the inputs");
      try (RunClaim claim = claim();
          Listing all = source.list()) {
        Guards guards = new Guards(claim, journal(), Forgotten.read(spark, options.lake()));
        Listing listing = guards.forgotten().without(all, options.dataset());
        IndexResult result =
            update(source, listing, guards, phases).withForgotten(all.count() - listing.count());
        if (!result.isNothingToDo()) {
          RunsTable.create(spark, options.lake()).append(run.record(result));
        }
        guards.journal().remove();
        return result;
      }
    }
  }

  /** Of two runs of one dataset, each would take the other's faces for those of a killed one. */
  private RunClaim claim() {
    return RunClaim.shared(
        options.lake(),
        "index of dataset " + options.dataset(),
        run.id(),
        spark.sparkContext().hadoopConfiguration());
  }

  private CrashJournal journal() {
    CrashJournal journal =
        CrashJournal.open(spark, options.lake(), options.dataset(), options.limits().maxCrashes());
    if (options.limits().crashes() == 0) {
      journal.forgetTimeouts();
    } else if (journal.isEmpty()) {
      throw new UserError(
          "the process crashed before it worked on an image, so that no image is to blame; the JVM"
              + " has said why, in the folder that is named above");
    }
    return journal;
  }

  private IndexResult update(ImageSource source, Listing listing, Guards guards, Phases phases) {
    phases.begin("comparing %,d images with the tables", listing.count());
    ImagesTable images = ImagesTable.create(spark, options.lake());
    FacesTable faces = FacesTable.create(spark, options.lake());
    IndexWriter writer = new IndexWriter(spark, options, run, guards, images, faces, phases);

    Changes changes = Changes.of(listing, images.read(), options.dataset(), source.sources());
    faces.deleteOrphans(options.dataset());
    if (changes.isFirst()) {
      long written = writer.write(source, listing.images(), IndexWriter.Replacing.NOTHING, watcher);
      return result(writer, listing, written, 0, 0);
    }
    refuseToMix(changes, source.sources());
    Dataset<Row> pending = changes.pending(run.pipeline(), options.again());
    long written = writer.write(source, pending, IndexWriter.Replacing.OLD_ROWS, watcher);
    phases.begin("marking removed images");
    long removed = markRemoved(changes, listing, images, faces);
    long failed = images.failedBefore(options.dataset(), run.id());
    return result(writer, listing, written, failed, removed);
  }

  /** A dataset holds rows of one pipeline, so that its embeddings can be compared. */
  private void refuseToMix(Changes changes, List<String> sources) {
    Row others =
        changes
            .ofOtherPipelines(run.pipeline())
            .agg(
                count(ImagesTable.URI),
                collect_set(ImagesTable.PIPELINE),
                collect_set(ImagesTable.SOURCE))
            .head();
    if (others.getLong(0) == 0) {
      return;
    }
    if (options.otherPipeline() == IndexOptions.OtherPipeline.REFUSE) {
      throw new UserError(
          "dataset %s holds %d images of another pipeline%s. Use its models and options, give"
              + " another --dataset, or do all images again with --reindex",
          options.dataset(), others.getLong(0), differences(others.getList(1)));
    }
    List<String> missing =
        others.<String>getList(2).stream().filter(input -> !sources.contains(input)).toList();
    if (!missing.isEmpty()) {
      throw new UserError(
          "--reindex would leave images of dataset %s with the old pipeline: name their inputs too:"
              + " --input %s",
          options.dataset(), String.join(" --input ", missing));
    }
  }

  /** What the pipelines of earlier runs had that this one has not, as far as runs have ended. */
  private String differences(List<String> pipelines) {
    String found =
        RunsTable.create(spark, options.lake()).ofPipelines(pipelines).stream()
            .map(run::differences)
            .distinct()
            .collect(Collectors.joining("; and of "));
    return found.isEmpty() ? "" : " (" + found + ")";
  }

  private long markRemoved(Changes changes, Listing listing, ImagesTable images, FacesTable faces) {
    if (!listing.warnings().isEmpty()) {
      return 0; // what could not be listed is not gone
    }
    Dataset<Row> removed = changes.removed().persist(StorageLevel.MEMORY_AND_DISK());
    try {
      long count = removed.count();
      if (count > 0) {
        images.markRemoved(options.dataset(), removed, run.id());
        faces.deleteOrphans(options.dataset());
      }
      return count;
    } finally {
      removed.unpersist();
    }
  }

  private IndexResult result(
      IndexWriter writer, Listing listing, long met, long failedBefore, long removed) {
    IndexTally tally = writer.tally();
    return new IndexResult(
        run.id(),
        tally.images(),
        tally.faces(),
        tally.noFace(),
        tally.failures(),
        listing.count() - met,
        failedBefore,
        removed,
        met - tally.images(),
        listing.skipped(),
        listing.warnings(),
        run.pipeline(),
        writer.progress().loads(),
        writer.progress().selfCheck(),
        run.seconds());
  }
}
