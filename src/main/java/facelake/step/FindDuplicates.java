package facelake.step;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.slice;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import facelake.match.CopyRule;
import facelake.spark.Phases;
import facelake.spark.Stored;
import facelake.table.CopyKind;
import facelake.table.DuplicatesTable;
import facelake.table.ImageStatus;
import facelake.table.ImagesTable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Finds the photos that stand in a lake more than once, within a dataset or across datasets.
 *
 * <p>Images with the same sha256 are exact copies. Among the others, perceptual hashes within a few
 * bits make candidates, and the faces decide: {@link CopyRule}. Of each set of connected copies the
 * best photo is kept, and {@link KeptPhotos} tells which of the others are copies of it.
 *
 * <p>Photos with equal hashes are compared with the kept ones among them, and only those with the
 * kept ones of other hashes, so that neither thousands of equal files nor thousands of copies of
 * one picture make millions of pairs. The answer depends on the rows and the rule only, never on
 * partitions or on the order of the rows.
 */
public final class FindDuplicates {
  private static final String KEPT = KeptPhotos.KEPT;
  private static final String GROUP = "group";
  private static final String NEAR = "near";
  private static final String RANK = "rank";
  private static final String BEST = "best";
  private static final String COPIES = "copies";
  private static final String DIFFERENT = "different";
  private static final String SMALLEST = "smallest";
  private static final String LEFT = "left";
  private static final String RIGHT = "right";

  private final SparkSession spark;
  private final CopyRule rule;
  private final HashPlan plan;
  private final Phases phases;

  /** A search by this rule; the plan changes memory and speed only. */
  public FindDuplicates(SparkSession spark, CopyRule rule, HashPlan plan, Phases phases) {
    this.spark = spark;
    this.rule = rule;
    this.plan = plan;
    this.phases = phases;
  }

  /**
   * One row for each image that has a copy: all columns of {@link DuplicatesTable} but the run id.
   *
   * @param images rows of {@link ImagesTable}; failed and removed ones are left out
   * @param faces rows of {@link facelake.table.FacesTable}, all of one embedder
   * @param folder URI of a new folder that all executors reach; the caller removes it once the rows
   *     are used
   */
  public Dataset<Row> duplicates(Dataset<Row> images, Dataset<Row> faces, String folder) {
    Dataset<Row> readable =
        images
            .where(
                col(ImagesTable.STATUS).isin(ImageStatus.OK.label(), ImageStatus.NO_FACE.label()))
            .where(col(ImagesTable.IMAGE_ID).isNotNull());
    Dataset<Row> copies = copies(readable, faces, folder);
    phases.begin("copies");
    return Stored.rows(rows(withCopies(readable, copies), copies), folder + "/rows");
  }

  /** Rows of {@link KeptPhotos#SCHEMA} for the photos that are near copies of others. */
  private Dataset<Row> copies(Dataset<Row> images, Dataset<Row> faces, String folder) {
    phases.begin("listing pictures");
    // An even picture, whose hash is 0, looks like every other.
    Dataset<Row> pictures = images.where(col(ImagesTable.PERCEPTUAL_HASH).notEqual(0));
    Dataset<Row> hashPairs =
        new NearHashes(spark, rule.bits(), plan, phases)
            .pairs(pictures.select(ImagesTable.PERCEPTUAL_HASH), folder + "/hashes");
    phases.begin("comparing faces");
    Dataset<Row> alike = DistinctPhotos.of(alike(pictures, hashPairs), folder + "/alike");
    if (alike.isEmpty()) {
      return spark.createDataFrame(List.of(), KeptPhotos.SCHEMA);
    }
    Dataset<Row> photos = Stored.rows(DistinctPhotos.withFaces(alike, faces), folder + "/faces");
    Dataset<Row> equalHashes =
        Stored.rows(choose(photos.withColumn(GROUP, col(DistinctPhotos.HASH))), folder + "/equal");
    Dataset<Row> links =
        equalHashes
            .where(isCopy())
            .select(KeptPhotos.KEPT_NUMBER, KeptPhotos.NUMBER)
            .union(links(hashPairs, kept(photos, equalHashes)));
    phases.begin("connected copies");
    Dataset<Row> components = Components.of(links, folder + "/components");
    Dataset<Row> members =
        photos
            .join(components, new String[] {Components.NUMBER})
            .withColumnRenamed(Components.COMPONENT, GROUP);
    return Stored.rows(choose(members).where(isCopy()), folder + "/copies");
  }

  /** The images whose hash is equal or near to that of another: all others are no near copies. */
  private static Dataset<Row> alike(Dataset<Row> images, Dataset<Row> hashPairs) {
    Column file = xxhash64(col(ImagesTable.IMAGE_ID));
    Dataset<Row> equal =
        images
            .groupBy(ImagesTable.PERCEPTUAL_HASH)
            .agg(min(file).notEqual(max(file)).as(DIFFERENT))
            .where(DIFFERENT)
            .select(ImagesTable.PERCEPTUAL_HASH);
    Dataset<Row> near =
        hashPairs
            .select(NearHashes.HASH)
            .union(hashPairs.select(NearHashes.OTHER_HASH))
            .toDF(ImagesTable.PERCEPTUAL_HASH);
    return images.join(equal.union(near), new String[] {ImagesTable.PERCEPTUAL_HASH}, "left_semi");
  }

  /** The photos to keep among those with the same number in the column {@link #GROUP}. */
  private Dataset<Row> choose(Dataset<Row> photos) {
    return photos
        .groupByKey((MapFunction<Row, Long>) photo -> photo.<Long>getAs(GROUP), Encoders.LONG())
        .flatMapSortedGroups(
            new Column[] {col(DistinctPhotos.NUMBER)},
            new KeptPhotos(rule),
            Encoders.row(KeptPhotos.SCHEMA));
  }

  private static Column isCopy() {
    return col(KeptPhotos.NUMBER).notEqual(col(KeptPhotos.KEPT_NUMBER));
  }

  private static Dataset<Row> kept(Dataset<Row> photos, Dataset<Row> equalHashes) {
    return photos.join(
        equalHashes.where(col(KeptPhotos.NUMBER).equalTo(col(KeptPhotos.KEPT_NUMBER))),
        new String[] {KeptPhotos.NUMBER},
        "left_semi");
  }

  /** Numbers of two photos of different hashes that are copies. */
  private Dataset<Row> links(Dataset<Row> hashPairs, Dataset<Row> photos) {
    CopyRule copies = rule;
    Dataset<Row> left = photos.as(LEFT);
    Dataset<Row> right = photos.as(RIGHT);
    return hashPairs
        .as(NEAR)
        .join(
            left, col(NEAR + "." + NearHashes.HASH).equalTo(col(LEFT + "." + DistinctPhotos.HASH)))
        .join(right, col(NearHashes.OTHER_HASH).equalTo(col(RIGHT + "." + DistinctPhotos.HASH)))
        .select(
            col(LEFT + "." + DistinctPhotos.NUMBER).as(LEFT),
            col(RIGHT + "." + DistinctPhotos.NUMBER).as(RIGHT),
            col(NearHashes.BITS),
            col(LEFT + "." + DistinctPhotos.FACES),
            col(RIGHT + "." + DistinctPhotos.FACES))
        .filter(
            (FilterFunction<Row>)
                pair ->
                    copies.holds(
                        pair.getInt(2),
                        CopyRule.farthest(
                            DistinctPhotos.faces(pair, 3), DistinctPhotos.faces(pair, 4))))
        .select(LEFT, RIGHT);
  }

  /** The images that have an equal or a near copy. */
  private static Dataset<Row> withCopies(Dataset<Row> images, Dataset<Row> copies) {
    Dataset<Row> repeated =
        images
            .groupBy(ImagesTable.IMAGE_ID)
            .agg(count(lit(1)).as(COPIES))
            .where(col(COPIES).gt(1))
            .select(ImagesTable.IMAGE_ID);
    Dataset<Row> near =
        copies.select(ImagesTable.IMAGE_ID).union(copies.select(KEPT)).toDF(ImagesTable.IMAGE_ID);
    return images.join(repeated.union(near), new String[] {ImagesTable.IMAGE_ID}, "left_semi");
  }

  private static Dataset<Row> rows(Dataset<Row> images, Dataset<Row> copies) {
    Dataset<Row> nearest =
        copies.select(ImagesTable.IMAGE_ID, KEPT, KeptPhotos.BITS, KeptPhotos.DISTANCE);
    Dataset<Row> rows =
        images
            .join(nearest, new String[] {ImagesTable.IMAGE_ID}, "left_outer")
            .withColumn(KEPT, coalesce(col(KEPT), col(ImagesTable.IMAGE_ID)))
            .withColumn(RANK, DistinctPhotos.rank());
    Column keep = col(RANK).equalTo(col(BEST));
    Column exact = col(ImagesTable.IMAGE_ID).equalTo(col(KEPT));
    return rows.join(groups(rows), new String[] {KEPT})
        .withColumn(DuplicatesTable.KEEP, keep)
        .withColumn(
            DuplicatesTable.KIND,
            when(keep, CopyKind.KEPT.label())
                .when(exact, CopyKind.EXACT.label())
                .otherwise(CopyKind.NEAR.label()))
        .withColumn(DuplicatesTable.BITS, coalesce(col(KeptPhotos.BITS), lit(0)))
        .select(
            Arrays.stream(DuplicatesTable.SCHEMA.fieldNames())
                .filter(name -> !name.equals(DuplicatesTable.RUN_ID))
                .map(name -> col(name))
                .toArray(Column[]::new));
  }

  /** What the rows of a photo share, for each photo that stands there twice at least. */
  private static Dataset<Row> groups(Dataset<Row> rows) {
    Column labelled = col(ImagesTable.IDENTITY).isNotNull();
    Column labellers = collect_set(when(labelled, col(ImagesTable.DATASET)));
    Column identities =
        collect_set(concat(col(ImagesTable.DATASET), lit("/"), col(ImagesTable.IDENTITY)));
    return rows.groupBy(KEPT)
        .agg(
            count(ImagesTable.URI).as(COPIES),
            min(when(col(ImagesTable.IMAGE_ID).equalTo(col(KEPT)), col(RANK))).as(BEST),
            min(struct(ImagesTable.DATASET, ImagesTable.URI)).as(SMALLEST),
            sort_array(collect_set(ImagesTable.DATASET)).as(DuplicatesTable.DATASETS),
            slice(sort_array(identities), 1, DuplicatesTable.MOST_IDENTITIES)
                .as(DuplicatesTable.IDENTITIES),
            size(identities).gt(size(labellers)).as(DuplicatesTable.CONFLICT))
        .where(col(COPIES).gt(1))
        .withColumn(DuplicatesTable.DUPLICATE_ID, id());
  }

  /** {@code d-} and 16 hex digits: the head of the SHA-256 of the smallest dataset and uri. */
  private static Column id() {
    Column name =
        concat(
            col(SMALLEST + "." + ImagesTable.DATASET),
            lit("\n"),
            col(SMALLEST + "." + ImagesTable.URI));
    return concat(lit("d-"), substring(sha2(name.cast("binary"), 256), 1, 16));
  }
}
