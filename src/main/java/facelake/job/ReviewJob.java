package facelake.job;

import facelake.Version;
import facelake.report.ReviewSite;
import facelake.spark.Phases;
import facelake.step.Thumbnails;
import facelake.step.Thumbnails.Look;
import facelake.step.review.Section;
import facelake.step.review.SiteContent;
import facelake.table.ImagesTable;
import facelake.table.Lake;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;

/**
 * Makes a site on which people look at what a lake holds, and decide on it.
 *
 * <p>In: the tables of a lake, as many as there are, and the photos where they were indexed. Out: a
 * folder with a page that opens from a disk and needs no network; its decisions are saved as a file
 * for {@code dedupe --decisions}. Pictures that stand there from an earlier run are kept, those of
 * faces that are no longer shown are removed. The lake stays as it is.
 *
 * <pre>jobs/facelake review --lake DIR --out DIR</pre>
 */
public final class ReviewJob {
  private final SparkSession spark;
  private final ReviewOptions options;
  private final Lake lake;
  private final Consumer<String> watcher;

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
    ImagesTable.open(spark, lake); // says what is missing before anything is removed
    SiteFolder folder =
        SiteFolder.open(options.folder(), look(), spark.sparkContext().hadoopConfiguration());
    try (Phases phases = new Phases(spark, "review", watcher)) {
      phases.begin("reading tables");
      SiteContent content = SiteContent.read(spark, lake, options.most());
      phases.begin("cutting faces out of %,d photos", content.pictures().size());
      Thumbnails thumbnails = new Thumbnails(spark, options.folder(), look());
      thumbnails.removeOthers(content.pictures());
      SortedMap<String, String> unseen = thumbnails.write(content.pictures());
      phases.begin("writing pages");
      write(folder, content);
      return new ReviewResult(
          folder.uriOf(ReviewSite.PAGE),
          content.sections().stream()
              .filter(section -> !section.isMissing())
              .map(
                  section ->
                      new ReviewResult.Shown(
                          section.name(), section.rows().size(), section.total()))
              .toList(),
          content.pictures().stream().mapToInt(photo -> photo.cuts().size()).sum(),
          unseen,
          Duration.between(start, Instant.now()).toMillis() / 1e3);
    }
  }

  private Look look() {
    return options.blur() ? Look.BLURRED : Look.PLAIN;
  }

  private void write(SiteFolder folder, SiteContent content) {
    ReportFolder files =
        new ReportFolder(options.folder(), spark.sparkContext().hadoopConfiguration());
    ReviewSite site = new ReviewSite((file, bytes) -> files.write(file, out -> out.write(bytes)));
    folder.removeData();
    site.pages();
    Map<String, Object> sections = new LinkedHashMap<>();
    content.sections().forEach(section -> sections.put(section.name(), written(section, site)));
    Map<String, Object> manifest = new LinkedHashMap<>();
    manifest.put("lake", lake.root());
    manifest.put("made", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    manifest.put("version", Version.current());
    manifest.put("blurred", options.blur());
    manifest.put("storageKey", Integer.toHexString(lake.root().hashCode()));
    manifest.put("sections", sections);
    manifest.put("summary", content.summary());
    site.manifest(manifest);
  }

  /** What the site begins with tells of a section. */
  private static Map<String, Object> written(Section section, ReviewSite site) {
    if (section.isMissing()) {
      return Map.of("missing", section.missing());
    }
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("files", site.rows(section.name(), section.rows()));
    told.put("rows", section.rows().size());
    told.put("total", section.total());
    if (section.note() != null) {
      told.put("note", section.note());
    }
    return told;
  }
}
