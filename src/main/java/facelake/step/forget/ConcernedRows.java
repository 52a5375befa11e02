package facelake.step.forget;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.exists;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_entries;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform_values;
import static org.apache.spark.sql.functions.when;

import facelake.match.Subject;
import facelake.table.DecisionsTable;
import facelake.table.DuplicatesTable;
import facelake.table.ImagesTable;
import facelake.table.LabelIssuesTable;
import facelake.table.MatchesTable;
import facelake.table.PeopleTable;
import facelake.table.RunsTable;
import facelake.table.TagsTable;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Which rows of a table must go so that people are forgotten: those that name one of their faces,
 * photos, identities or ids, and those that were computed together with such a row. No run goes,
 * and a decision goes by what it is about alone; {@link #blanked} takes what else they say.
 */
public final class ConcernedRows {
  /** Columns that name an identity together, whatever the table. */
  private static final List<List<String>> IDENTITIES =
      List.of(
          List.of(ImagesTable.DATASET, ImagesTable.IDENTITY),
          List.of(MatchesTable.DATASET_A, MatchesTable.IDENTITY_A),
          List.of(MatchesTable.DATASET_B, MatchesTable.IDENTITY_B),
          List.of(LabelIssuesTable.PROPOSED_DATASET, LabelIssuesTable.PROPOSED_IDENTITY));

  /** Columns that say nothing of what a row is about. */
  private static final Set<String> ASIDE = Set.of(DecisionsTable.NOTE, DecisionsTable.WHO);

  /** Options by which later runs find sites and exports; they stay. */
  private static final Object[] FOLDERS = {"out", "to"};

  /** Rows of one answer: where one goes, counts and choices of the others hold no more. */
  private static final Map<String, List<String>> TOGETHER =
      Map.of(
          PeopleTable.NAME, List.of(PeopleTable.SCOPE, PeopleTable.PERSON_ID),
          DuplicatesTable.NAME, List.of(DuplicatesTable.DUPLICATE_ID));

  private final Set<String> exact = new HashSet<>();
  private final Set<List<String>> identities = new HashSet<>();
  private final Mentions mentions;

  /** The rows that these traces are in. */
  public ConcernedRows(Traces traces) {
    exact.addAll(traces.faces().keySet());
    exact.addAll(traces.images());
    exact.addAll(traces.uris());
    exact.addAll(traces.people());
    traces.uris().forEach(uri -> exact.add("image:" + uri));
    for (Subject.Identity identity : traces.identities()) {
      identities.add(List.of(identity.dataset(), identity.name()));
      exact.add(identity.dataset() + "/" + identity.name());
    }
    mentions = traces.mentions();
  }

  /** Which rows of a table go, as a condition. */
  public Column of(String table, Dataset<Row> rows) {
    if (table.equals(RunsTable.NAME)) {
      return lit(false);
    }
    Column named = named(table, about(rows.schema()));
    return Optional.ofNullable(TOGETHER.get(table))
        .map(key -> named.or(together(key, rows.where(named))))
        .orElse(named);
  }

  /** Columns of a table in which people stand aside, with what is to be in their place. */
  public Map<String, Column> blanked(String table) {
    return switch (table) {
      case DecisionsTable.NAME ->
          Map.of(
              DecisionsTable.NOTE,
              when(
                  not(Texts.mention(col(DecisionsTable.NOTE), mentions)),
                  col(DecisionsTable.NOTE)));
      case RunsTable.NAME ->
          Map.of(
              RunsTable.OPTIONS,
              transform_values(
                  col(RunsTable.OPTIONS),
                  (name, value) -> when(isBlanked(name, value), lit("")).otherwise(value)));
      default -> Map.of();
    };
  }

  /** Which rows {@link #blanked} changes. */
  public Column aside(String table) {
    return switch (table) {
      case DecisionsTable.NAME -> Texts.mention(col(DecisionsTable.NOTE), mentions);
      case RunsTable.NAME ->
          exists(
              map_entries(col(RunsTable.OPTIONS)),
              option -> isBlanked(option.getField("key"), option.getField("value")));
      default -> lit(false);
    };
  }

  private Column isBlanked(Column option, Column value) {
    return Texts.mention(value, mentions).and(not(option.isin(FOLDERS)));
  }

  private static StructType about(StructType schema) {
    return new StructType(
        Arrays.stream(schema.fields())
            .filter(field -> !ASIDE.contains(field.name()))
            .toArray(StructField[]::new));
  }

  private Column named(String table, StructType schema) {
    Set<String> words = exact;
    Set<List<String>> labels = identities;
    boolean tags = table.equals(TagsTable.NAME);
    List<List<String>> pairs = IDENTITIES.stream().filter(pair -> has(schema, pair)).toList();
    return Texts.where(
        schema,
        row ->
            Texts.any(row, words::contains)
                || pairs.stream().anyMatch(pair -> labels.contains(values(row, pair)))
                || tags && isTagged(row, labels));
  }

  private static boolean has(StructType schema, List<String> columns) {
    return Arrays.asList(schema.fieldNames()).containsAll(columns);
  }

  private static List<String> values(Row row, List<String> columns) {
    // Not List.of: a column may be null.
    return Arrays.asList(row.getAs(columns.get(0)), row.getAs(columns.get(1)));
  }

  /** Whether a gallery that has the identity gives its name, as answer, candidate or neighbour. */
  private static boolean isTagged(Row row, Set<List<String>> identities) {
    List<String> galleries = List.of(row.<String>getAs(TagsTable.GALLERY).split(","));
    Set<String> names = new HashSet<>();
    for (List<String> identity : identities) {
      if (galleries.contains(identity.get(0))) {
        names.add(identity.get(1));
      }
    }
    return Texts.any(row, names::contains);
  }

  private static Column together(List<String> key, Dataset<Row> named) {
    Column[] columns = key.stream().map(name -> col(name)).toArray(Column[]::new);
    Collection<Row> groups = named.select(columns).distinct().collectAsList();
    Set<List<Object>> keys = new HashSet<>();
    groups.forEach(row -> keys.add(key.stream().map(name -> (Object) row.getAs(name)).toList()));
    StructType schema = named.select(struct(columns).as("key")).schema();
    return Texts.where(
        (StructType) schema.apply("key").dataType(),
        row -> keys.contains(key.stream().map(name -> (Object) row.getAs(name)).toList()));
  }
}
