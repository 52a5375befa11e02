package facelake.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.min;

import facelake.ShellCommand;
import facelake.UserError;
import facelake.step.export.ExportRule.Drop;
import facelake.step.export.ExportTables;
import facelake.table.DuplicatesTable;
import facelake.table.FacesTable;
import facelake.table.ImageStatus;
import facelake.table.ImagesTable;
import facelake.table.LabelIssuesTable;
import facelake.table.Lake;
import facelake.table.MatchesTable;
import facelake.table.PeopleTable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * What an {@link ExportJob} is about.
 *
 * @param datasets whose photos, sorted
 */
record ExportSelection(List<String> datasets, ExportTables tables) {
  /** What can be left out by the answers of dedupe alone, whatever the scope. */
  private static final Set<Drop> BY_DEDUPE = Set.of(Drop.DUPLICATES, Drop.CONFLICTS, Drop.REVIEW);

  /**
   * Chooses.
   *
   * @throws UserError when there is no such scope or dataset, or when dedupe has not looked at the
   *     datasets, with the command to run
   */
  static ExportSelection of(SparkSession spark, ExportOptions options) {
    Lake lake = options.lake();
    List<String> known = ImagesTable.open(spark, lake).datasetsWithFaces();
    DedupeFaces.refuseUnknown("--datasets", options.datasets(), known);
    DedupeFaces.refuseUnknown("--without-people-of", options.withoutPeopleOf(), known);
    boolean resolved = options.scope().equals(PeopleTable.RESOLVED);
    boolean needsDedupe =
        resolved
            || !options.withoutPeopleOf().isEmpty()
            || options.drops().stream().anyMatch(BY_DEDUPE::contains);
    Optional<LastDedupe> dedupe =
        needsDedupe ? Optional.of(LastDedupe.of(spark, lake)) : Optional.empty();
    Dataset<Row> people = people(spark, lake, options.scope());
    List<String> datasets = datasets(options, dedupe, people, resolved);
    dedupe.ifPresent(
        last ->
            last.requireIncludes(
                Stream.concat(datasets.stream(), options.withoutPeopleOf().stream()).toList()));
    Dataset<Row> images = ImagesTable.open(spark, lake).read().where(isOf(datasets));
    return new ExportSelection(
        datasets,
        new ExportTables(
            images,
            FacesTable.open(spark, lake).read().where(isOf(datasets)),
            people,
            dedupe
                .filter(last -> resolved)
                .map(LastDedupe::labelIssues)
                .orElseGet(() -> nothing(spark, LabelIssuesTable.SCHEMA)),
            dedupe
                .map(LastDedupe::duplicates)
                .orElseGet(() -> nothing(spark, DuplicatesTable.SCHEMA)),
            dedupe.map(LastDedupe::matches).orElseGet(() -> nothing(spark, MatchesTable.SCHEMA))));
  }

  private static List<String> datasets(
      ExportOptions options, Optional<LastDedupe> dedupe, Dataset<Row> people, boolean resolved) {
    if (!options.datasets().isEmpty()) {
      return options.datasets();
    }
    List<String> all = resolved ? dedupe.orElseThrow().datasets() : datasetsOf(people);
    List<String> left =
        all.stream().filter(name -> !options.withoutPeopleOf().contains(name)).toList();
    if (left.isEmpty()) {
      throw new UserError(
          "all datasets are in --without-people-of: %s; leave out only those that are tested on",
          String.join(", ", all));
    }
    return left;
  }

  /**
   * The people of a scope.
   *
   * @throws UserError when there is no such scope, or nobody has looked for them
   */
  static Dataset<Row> people(SparkSession spark, Lake lake, String scope) {
    if (!PeopleTable.isScope(scope)) {
      throw new UserError(
          "--scope '%s' is none of resolved, all, dataset:NAME and image:URI", scope);
    }
    boolean there =
        lake.tables(spark.sparkContext().hadoopConfiguration()).contains(PeopleTable.NAME);
    Dataset<Row> people =
        there
            ? PeopleTable.open(spark, lake).read().where(col(PeopleTable.SCOPE).equalTo(scope))
            : nothing(spark, PeopleTable.SCHEMA);
    if (people.isEmpty()) {
      throw new UserError(
          "lake %s has no people of scope '%s'; run: %s%s",
          lake.root(), scope, command(scope, lake), others(spark, lake, there));
    }
    return people;
  }

  private static String command(String scope, Lake lake) {
    if (scope.equals(PeopleTable.RESOLVED)) {
      return ShellCommand.of("dedupe", "--lake", lake.root());
    }
    return scope.startsWith(PeopleTable.OF_DATASET)
        ? ShellCommand.of(
            "cluster",
            "--lake",
            lake.root(),
            "--dataset",
            scope.substring(PeopleTable.OF_DATASET.length()))
        : ShellCommand.of("cluster", "--lake", lake.root());
  }

  private static String others(SparkSession spark, Lake lake, boolean there) {
    if (!there) {
      return "";
    }
    List<String> scopes =
        PeopleTable.open(spark, lake)
            .read()
            .select(PeopleTable.SCOPE)
            .distinct()
            .orderBy(PeopleTable.SCOPE)
            .as(Encoders.STRING())
            .collectAsList();
    return "; there are the scopes " + String.join(", ", scopes);
  }

  private static List<String> datasetsOf(Dataset<Row> people) {
    return people
        .select(PeopleTable.DATASET)
        .distinct()
        .orderBy(PeopleTable.DATASET)
        .as(Encoders.STRING())
        .collectAsList();
  }

  /** The inputs that the photos came from. */
  SortedMap<String, String> sources() {
    SortedMap<String, String> sources = new TreeMap<>();
    tables
        .images()
        .where(col(ImagesTable.STATUS).equalTo(ImageStatus.OK.label()))
        .groupBy(ImagesTable.SOURCE)
        .agg(min(ImagesTable.URI))
        .collectAsList()
        .forEach(source -> sources.put(source.getString(0), source.getString(1)));
    return sources;
  }

  private static Dataset<Row> nothing(SparkSession spark, StructType schema) {
    return spark.createDataFrame(List.of(), schema);
  }

  private static Column isOf(List<String> datasets) {
    return col(ImagesTable.DATASET).isin(datasets.toArray());
  }
}
