package facelake.step;

import static org.apache.spark.sql.functions.col;

import facelake.step.source.Listing;
import facelake.table.ImageStatus;
import facelake.table.ImagesTable;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What has to be done so that the table {@code images} says what the inputs hold now.
 *
 * @param listed the images of the inputs, rows of {@link facelake.step.source.SourceImage#SCHEMA}
 * @param known the rows of the table for the dataset
 * @param sources the inputs of this run
 */
public record Changes(Dataset<Row> listed, Dataset<Row> known, List<String> sources) {
  private static final String URI = "uri";
  private static final String VERSION = "version";
  private static final String IDENTITY = "identity";

  /** Which images that are already known and have not changed are done again. */
  public enum Again {
    /** None. */
    NONE,
    /** Those that failed. */
    FAILED
  }

  /** Compares a listing with the rows of one dataset. */
  public static Changes of(
      Listing listing, Dataset<Row> images, String dataset, List<String> sources) {
    return new Changes(
        listing.images(), images.where(col(ImagesTable.DATASET).equalTo(dataset)), sources);
  }

  /** Whether the dataset is new, so that every listed image is pending and nothing can be gone. */
  public boolean isFirst() {
    return known.isEmpty();
  }

  /**
   * Images to process: new, changed, back again, of another pipeline, or failed and wanted again.
   */
  public Dataset<Row> pending(String pipeline, Again again) {
    Column same =
        knownColumn(ImagesTable.STATUS)
            .notEqual(ImageStatus.REMOVED.label())
            .and(knownColumn(ImagesTable.SOURCE_VERSION).equalTo(col("listed." + VERSION)))
            .and(knownColumn(ImagesTable.IDENTITY).eqNullSafe(col("listed." + IDENTITY)))
            .and(knownColumn(ImagesTable.PIPELINE).equalTo(pipeline));
    if (again == Again.FAILED) {
      same = same.and(knownColumn(ImagesTable.STATUS).notEqual(ImageStatus.FAILED.label()));
    }
    Dataset<Row> unchanged =
        listed
            .as("listed")
            .join(known.as("known"), col("listed." + URI).equalTo(knownColumn(ImagesTable.URI)))
            .where(same)
            .select(col("listed." + URI));
    return listed.join(unchanged, new String[] {URI}, "left_anti");
  }

  /** The uris of images that came from these inputs and are no longer there. */
  public Dataset<Row> removed() {
    return present()
        .where(col(ImagesTable.SOURCE).isin(sources.toArray()))
        .select(ImagesTable.URI)
        .join(
            listed.select(col(URI).as(ImagesTable.URI)),
            new String[] {ImagesTable.URI},
            "left_anti");
  }

  /** Rows of the dataset that another pipeline made. */
  public Dataset<Row> ofOtherPipelines(String pipeline) {
    return present().where(col(ImagesTable.PIPELINE).notEqual(pipeline));
  }

  private Dataset<Row> present() {
    return known.where(col(ImagesTable.STATUS).notEqual(ImageStatus.REMOVED.label()));
  }

  private static Column knownColumn(String name) {
    return col("known." + name);
  }
}
