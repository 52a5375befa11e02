package facelake.job;

import facelake.Sha256;
import facelake.UserError;
import facelake.Version;
import facelake.match.Decision;
import facelake.match.Decisions;
import facelake.report.ReviewSite;
import facelake.spark.Phases;
import facelake.step.Thumbnails;
import facelake.step.Thumbnails.Look;
import facelake.step.review.Section;
import facelake.step.review.SiteContent;
import facelake.table.DecisionsTable;
import facelake.table.FacesTable;
import facelake.table.ImagesTable;
import facelake.table.Lake;
import facelake.table.RunRecord;
import facelake.table.RunsTable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;

/**
 * Makes a site on which people look at what a lake holds, and decide on it.
 *
 * <p>In: the tables of a lake, as many as there are, and the photos where they were indexed. Out: a
 * folder with a page that opens from a disk and needs no network; its decisions are saved as a file
 * for {@code dedupe --decisions}. Pictures that stand there from an earlier run are kept, those of
 * faces that are no longer shown are removed. The lake stays as it is, but for a row in {@code
 * runs} that says where the site is, so that {@code forget} finds it; a lake that cannot be written
 * goes without.
 *
 * <pre>jobs/facelake review --lake DIR --out DIR</pre>
 */
public final class ReviewJob {
  private static final int KEY_DIGITS = 16;

  private final SparkSession spark;
  private final ReviewOptions options;
  private final Lake lake;
  private final Consumer<String> watcher;
  private final String runId = UUID.randomUUID().toString();

  /**
   * A job that runs once.
   *
   * @param watcher is told each part of the work as it begins
   */
  public ReviewJob(SparkSession spark, ReviewOptions options, Consumer<String> watcher) {
    this.spark = spark;
    this.options = options;
    this.lake = options.lake();
    this.watcher = watcher;
  }

  /**
   * Writes the site.
   *
   * @throws facelake.UserError when the lake has no images, when the folder holds anything but a
   *     site, or when it cannot be written
   */
  public ReviewResult execute() {
    Instant start = Instant.now();
    requireTables();
    SiteFolder folder =
        SiteFolder.open(options.folder(), spark.sparkContext().hadoopConfiguration());
    if (!isWritable()) {
      return write(folder, start, false);
    }
    try (RunClaim claim =
        RunClaim.shared(
            lake, "review in " + folder.uri(), runId, spark.sparkContext().hadoopConfiguration())) {
      ReviewResult result = write(folder, start, true);
      RunsTable.create(spark, lake).append(run(folder, start));
      return result;
    }
  }

  /** Of a lake that cannot be written a site can be made, of which {@code forget} knows nothing. */
  private boolean isWritable() {
    try {
      lake.requireWritable(spark.sparkContext().hadoopConfiguration());
      return true;
    } catch (UserError e) {
      return false;
    }
  }

  private ReviewResult write(SiteFolder folder, Instant start, boolean isNoted) {
    try (Phases phases = new Phases(spark, "review", watcher)) {
      phases.begin("reading tables");
      List<Decision> inForce = inForce();
      SiteContent content = SiteContent.read(spark, lake, inForce, options.most());
      phases.begin("cutting faces out of %,d photos", content.pictures().size());
      Thumbnails thumbnails =
          new Thumbnails(spark, folder.uri() + "/" + SiteFolder.pictures(look()), look());
      SortedMap<String, String> unseen = thumbnails.write(content.pictures());
      phases.begin("writing pages");
      write(folder, runId, content, inForce);
      folder.keepOnly(runId, look());
      int pictures = thumbnails.removeOthers(content.pictures());
      return new ReviewResult(
          folder.uriOf(ReviewSite.PAGE),
          content.sections().stream()
              .filter(section -> !section.isMissing())
              .map(
                  section ->
                      new ReviewResult.Shown(
                          section.title().words(), section.rows().size(), section.total()))
              .toList(),
          pictures,
          unseen,
          isNoted,
          Duration.between(start, Instant.now()).toMillis() / 1e3);
    }
  }

  private RunRecord run(SiteFolder folder, Instant start) {
    return RunRecord.ofFaces(
        runId,
        KnownFolders.REVIEW,
        null,
        start,
        null,
        Map.of(
            KnownFolders.OUT,
            folder.uri(),
            "most",
            String.valueOf(options.most()),
            "blur",
            String.valueOf(options.blur())),
        null,
        spark.version());
  }

  private Look look() {
    return options.blur() ? Look.BLURRED : Look.PLAIN;
  }

  /** Says what is missing before anything is written. */
  private void requireTables() {
    ImagesTable.open(spark, lake);
    FacesTable.open(spark, lake);
  }

  private List<Decision> inForce() {
    boolean there =
        lake.tables(spark.sparkContext().hadoopConfiguration()).contains(DecisionsTable.NAME);
    return there
        ? new Decisions(DecisionsTable.open(spark, lake).decisions()).inForce()
        : List.of();
  }

  private void write(SiteFolder folder, String run, SiteContent content, List<Decision> inForce) {
    ReportFolder files = new ReportFolder(folder.uri(), spark.sparkContext().hadoopConfiguration());
    ReviewSite site =
        new ReviewSite(run, (file, bytes) -> files.write(file, out -> out.write(bytes)));
    site.pages();
    DecidableRows decidable = DecidableRows.of(spark, lake, inForce, content.sections());
    Map<String, Object> sections = new LinkedHashMap<>();
    content
        .sections()
        .forEach(
            section -> sections.put(section.title().name(), written(section, decidable, site)));
    Map<String, Object> manifest = new LinkedHashMap<>();
    manifest.put("lake", lake.root());
    manifest.put("made", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    manifest.put("version", Version.current());
    manifest.put("blurred", options.blur());
    manifest.put("pictures", SiteFolder.pictures(look()));
    manifest.put("data", ReviewSite.DATA + "/" + run);
    manifest.put("storageKey", storageKey());
    manifest.put("sections", sections);
    manifest.put("summary", content.summary());
    site.manifest(manifest);
  }

  /** Tells decisions on one lake from those on another in a browser's storage. */
  private String storageKey() {
    return Sha256.hex(lake.root().getBytes(StandardCharsets.UTF_8)).substring(0, KEY_DIGITS);
  }

  /** What the site begins with tells of a section. */
  private static Map<String, Object> written(
      Section section, DecidableRows decidable, ReviewSite site) {
    if (section.isMissing()) {
      return Map.of("missing", "Run: " + section.missing());
    }
    Map<String, Object> told = new LinkedHashMap<>();
    told.put(
        "files",
        site.rows(section.title().name(), section.rows().stream().map(decidable::row).iterator()));
    told.put("rows", section.rows().size());
    told.put("total", section.total());
    if (section.note() != null) {
      told.put("note", section.note());
    }
    return told;
  }
}
