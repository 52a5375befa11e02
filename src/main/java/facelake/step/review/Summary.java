package facelake.step.review;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.desc;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import facelake.match.MatchVerdict;
import facelake.table.FacesTable;
import facelake.table.ImageStatus;
import facelake.table.ImagesTable;
import facelake.table.Lake;
import facelake.table.MatchesTable;
import facelake.table.RunsTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What the start page tells: counts, health and runs of a lake. */
final class Summary {
  private static final int RUNS = 20;

  /** Pixels of a bar of face sizes; the last one holds all larger faces. */
  private static final int SIZE_STEP = 40;

  private static final int SIZE_BARS = 16;

  /** Distance of a bar; the last one holds all larger distances. */
  private static final double DISTANCE_STEP = 0.05;

  private static final int DISTANCE_BARS = 24;

  private static final String BAR = "bar";
  private static final String COUNT = "rows_in_bar";

  private final SparkSession spark;
  private final Lake lake;

  Summary(SparkSession spark, Lake lake) {
    this.spark = spark;
    this.lake = lake;
  }

  /** All of it, as it becomes JSON. */
  Map<String, Object> values(List<Section> sections) {
    Dataset<Row> images =
        ImagesTable.open(spark, lake)
            .read()
            .where(col(ImagesTable.STATUS).notEqual(ImageStatus.REMOVED.label()));
    Dataset<Row> faces = FacesTable.open(spark, lake).readWhole();
    List<Map<String, Object>> datasets = datasets(images);
    return Values.of(
        "datasets", datasets,
        "counts", counts(datasets, sections),
        "failures",
            counted(
                images.where(col(ImagesTable.FAILURE_CLASS).isNotNull()),
                ImagesTable.FAILURE_CLASS),
        "gender", counted(faces.where(col(FacesTable.GENDER).isNotNull()), FacesTable.GENDER),
        "sizes", sizes(faces),
        "distances", distances(),
        "runs", runs());
  }

  private static List<Map<String, Object>> datasets(Dataset<Row> images) {
    return images
        .groupBy(ImagesTable.DATASET)
        .agg(
            count(lit(1)),
            sum(ImagesTable.FACES),
            count_if(is(ImageStatus.NO_FACE)),
            count_if(is(ImageStatus.FAILED)),
            count_distinct(col(ImagesTable.IDENTITY)))
        .orderBy(ImagesTable.DATASET)
        .collectAsList()
        .stream()
        .map(
            row ->
                Values.of(
                    "dataset", row.get(0),
                    "images", row.get(1),
                    "faces", row.get(2),
                    "withoutFace", row.get(3),
                    "failed", row.get(4),
                    "identities", row.get(5)))
        .toList();
  }

  private static Column is(ImageStatus status) {
    return col(ImagesTable.STATUS).equalTo(status.label());
  }

  private static List<Map<String, Object>> counts(
      List<Map<String, Object>> datasets, List<Section> sections) {
    List<Map<String, Object>> counts = new ArrayList<>();
    for (String name : List.of("images", "faces")) {
      long all = datasets.stream().mapToLong(dataset -> (long) dataset.get(name)).sum();
      counts.add(Values.of("label", name, "value", all));
    }
    sections.stream()
        .filter(section -> !section.isMissing())
        .forEach(
            section ->
                counts.add(Values.of("label", section.title().words(), "value", section.total())));
    return counts;
  }

  private static List<Map<String, Object>> counted(Dataset<Row> rows, String column) {
    return rows
        .groupBy(column)
        .agg(count(lit(1)).as(COUNT))
        .orderBy(desc(COUNT), col(column))
        .collectAsList()
        .stream()
        .map(row -> Values.of("label", row.get(0), "value", row.get(1)))
        .toList();
  }

  private static Map<String, Object> sizes(Dataset<Row> faces) {
    return Values.of(
        "title",
        "Face size, pixels",
        "unit",
        "px",
        "edges",
        IntStream.rangeClosed(0, SIZE_BARS).map(i -> i * SIZE_STEP).boxed().toList(),
        "values",
        bars(faces, col(FacesTable.SIZE).divide(SIZE_STEP), SIZE_BARS));
  }

  private Map<String, Object> distances() {
    if (!lake.tables(spark.sparkContext().hadoopConfiguration()).contains(MatchesTable.NAME)) {
      return null;
    }
    Dataset<Row> matches = MatchesTable.open(spark, lake).read();
    List<Map<String, Object>> series = new ArrayList<>();
    for (MatchVerdict verdict : MatchVerdict.values()) {
      series.add(
          Values.of(
              "label", verdict.label(),
              "values",
                  bars(
                      matches.where(col(MatchesTable.VERDICT).equalTo(verdict.label())),
                      col(MatchesTable.DISTANCE).divide(DISTANCE_STEP),
                      DISTANCE_BARS)));
    }
    return Values.of(
        "title",
        "Distance of pairs of identities",
        "edges",
        IntStream.rangeClosed(0, DISTANCE_BARS)
            .mapToObj(i -> Math.round(i * DISTANCE_STEP * 100) / 100.0)
            .toList(),
        "series",
        series);
  }

  private static List<Long> bars(Dataset<Row> rows, Column place, int bars) {
    Map<Long, Long> counts = new TreeMap<>();
    rows.select(least(floor(place), lit(bars - 1)).cast("long").as(BAR))
        .groupBy(BAR)
        .count()
        .collectAsList()
        .forEach(row -> counts.put(row.getLong(0), row.getLong(1)));
    return IntStream.range(0, bars).mapToObj(i -> counts.getOrDefault((long) i, 0L)).toList();
  }

  private List<Map<String, Object>> runs() {
    if (!lake.tables(spark.sparkContext().hadoopConfiguration()).contains(RunsTable.NAME)) {
      return List.of();
    }
    return RunsTable.open(spark, lake)
        .read()
        .orderBy(desc(RunsTable.STARTED_AT), col(RunsTable.RUN_ID))
        .limit(RUNS)
        .select(
            RunsTable.COMMAND,
            RunsTable.DATASET,
            RunsTable.STARTED_AT,
            RunsTable.SECONDS,
            RunsTable.IMAGES,
            RunsTable.FACES,
            RunsTable.IMAGES_PER_SECOND,
            RunsTable.FAILED)
        .collectAsList()
        .stream()
        .map(
            row ->
                Values.of(
                    "command", row.get(0),
                    "dataset", row.get(1),
                    "started", row.getTimestamp(2).toInstant().toString(),
                    "seconds", row.get(3),
                    "images", row.get(4),
                    "faces", row.get(5),
                    "imagesPerSecond", row.get(6),
                    "failed", row.get(7)))
        .toList();
  }
}
