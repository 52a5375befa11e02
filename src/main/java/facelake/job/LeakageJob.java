package facelake.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.desc;

import facelake.ShellCommand;
import facelake.UserError;
import facelake.eval.Csv;
import facelake.spark.Phases;
import facelake.spark.WholeFile;
import facelake.step.Leaks;
import facelake.step.export.ExportOrders;
import facelake.table.FacesTable;
import facelake.table.ImageStatus;
import facelake.table.ImagesTable;
import facelake.table.Lake;
import facelake.table.PeopleTable;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * Says which people and photos of a training set stand in a test set, which makes a model look
 * better than it is.
 *
 * <p>In: the tables {@code people}, {@code duplicates} and {@code matches} of a lake, as dedupe
 * left them; nothing is written there. Out: counts, and where it is asked for a CSV file with one
 * row for each person, photo or pair of identities that is on both sides.
 *
 * <pre>jobs/facelake leakage --lake DIR --train A,B --test lfw --out leaks.csv</pre>
 */
public final class LeakageJob {
  private static final int SHOWN = 3;

  private static final Column[] ORDER = {
    col(Leaks.KIND), desc(Leaks.PROBABILITY), col(Leaks.PERSON), col(Leaks.TEST), col(Leaks.TRAIN)
  };

  private final SparkSession spark;
  private final LeakageOptions options;
  private final Lake lake;
  private final Consumer<String> watcher;

  /**
   * A job that runs once.
   *
   * @param watcher is told each part of the work as it begins
   */
  public LeakageJob(SparkSession spark, LeakageOptions options, Consumer<String> watcher) {
    this.spark = spark;
    this.options = options;
    this.lake = options.lake();
    this.watcher = watcher;
  }

  /**
   * Compares.
   *
   * @throws UserError when there are no such datasets or people, when the last dedupe did not look
   *     at them, or when the file is there or cannot be written
   */
  public LeakageResult execute() {
    Instant start = Instant.now();
    options.out().ifPresent(this::requireNew);
    try (Phases phases = new Phases(spark, "leakage", watcher)) {
      phases.begin("choosing people");
      List<String> known = ImagesTable.open(spark, lake).datasetsWithFaces();
      DedupeFaces.refuseUnknown("--train", options.train(), known);
      DedupeFaces.refuseUnknown("--test", options.test(), known);
      LastDedupe dedupe = LastDedupe.of(spark, lake);
      dedupe.requireIncludes(
          Stream.concat(options.train().stream(), options.test().stream()).toList());
      Dataset<Row> people = ExportSelection.people(spark, lake, options.scope());
      Leaks leaks = new Leaks(options.train(), options.test());
      count(leaks.ofTrain(people), options.train());
      long tested = count(leaks.ofTest(people), options.test());
      phases.begin(
          "looking for %s in %s",
          String.join(", ", options.test()), String.join(", ", options.train()));
      Dataset<Row> rows =
          leaks
              .people(people)
              .union(leaks.photos(dedupe.duplicates()))
              .union(leaks.identities(dedupe.matches(), people))
              .persist(StorageLevel.MEMORY_AND_DISK());
      try {
        options.out().ifPresent(file -> write(file, rows));
        return result(rows, tested, unseen(people), start);
      } finally {
        rows.unpersist();
      }
    }
  }

  private long count(Dataset<Row> side, List<String> datasets) {
    long people = side.agg(count_distinct(col(PeopleTable.PERSON_ID))).head().getLong(0);
    if (people == 0) {
      throw new UserError(
          "scope %s has nobody of %s, so that nothing can be said of them; datasets without labels"
              + " have people once they were grouped: %s, then compare again with --scope all",
          options.scope(),
          String.join(", ", datasets),
          ShellCommand.of("cluster", "--lake", lake.root()));
    }
    return people;
  }

  /** Faces without a person, by dataset: found since people were looked for, or without a label. */
  private SortedMap<String, Long> unseen(Dataset<Row> people) {
    SortedMap<String, Long> unseen = new TreeMap<>();
    List<String> both = Stream.concat(options.train().stream(), options.test().stream()).toList();
    FacesTable.open(spark, lake)
        .readWhole()
        .where(col(FacesTable.DATASET).isin(both.toArray()))
        .join(people.select(PeopleTable.FACE_ID), new String[] {FacesTable.FACE_ID}, "left_anti")
        .groupBy(FacesTable.DATASET)
        .count()
        .collectAsList()
        .forEach(row -> unseen.put(row.getString(0), row.getLong(1)));
    return unseen;
  }

  private LeakageResult result(
      Dataset<Row> rows, long people, SortedMap<String, Long> unseen, Instant start) {
    Map<Leaks.Kind, Long> counts = new EnumMap<>(Leaks.Kind.class);
    List<LeakageResult.Example> examples = new ArrayList<>();
    for (Leaks.Kind kind : Leaks.Kind.values()) {
      Dataset<Row> some = rows.where(col(Leaks.KIND).equalTo(kind.label()));
      long count = some.count();
      if (count > 0) {
        counts.put(kind, count);
        some.orderBy(ORDER)
            .limit(SHOWN)
            .collectAsList()
            .forEach(row -> examples.add(example(kind, row)));
      }
    }
    return new LeakageResult(
        people,
        photos(),
        unseen,
        counts,
        examples,
        Duration.between(start, Instant.now()).toMillis() / 1e3);
  }

  private static LeakageResult.Example example(Leaks.Kind kind, Row row) {
    return new LeakageResult.Example(
        kind, row.getAs(Leaks.TRAIN), row.getAs(Leaks.TEST), row.getAs(Leaks.PROBABILITY));
  }

  private long photos() {
    return ImagesTable.open(spark, lake)
        .read()
        .where(col(ImagesTable.DATASET).isin(options.test().toArray()))
        .where(col(ImagesTable.STATUS).isin(ImageStatus.OK.label(), ImageStatus.NO_FACE.label()))
        .count();
  }

  private void requireNew(String file) {
    try {
      Path path = new Path(file);
      if (path.getFileSystem(hadoop()).exists(path)) {
        throw new UserError("%s is there already; name a new file with --out", file);
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new UserError(e, "cannot write %s: %s", file, e.getMessage());
    }
  }

  private void write(String file, Dataset<Row> rows) {
    Iterator<Row> sorted = ExportOrders.inOrder(rows, rows.count(), ORDER).toLocalIterator();
    Path path = new Path(file);
    try {
      WholeFile.write(
          out -> {
            Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            Csv.write(text, (Object[]) Leaks.SCHEMA.fieldNames());
            while (sorted.hasNext()) {
              Row row = sorted.next();
              Csv.write(text, IntStream.range(0, row.length()).mapToObj(row::get).toArray());
            }
            text.flush();
          },
          path,
          new Path(path.getParent(), "." + path.getName()),
          hadoop());
    } catch (IOException e) {
      throw new UserError(e, "cannot write %s: %s", file, e.getMessage());
    }
  }

  private Configuration hadoop() {
    return spark.sparkContext().hadoopConfiguration();
  }
}
