package facelake.job;

import static org.apache.spark.sql.functions.col;

import facelake.ShellCommand;
import facelake.UserError;
import facelake.eval.DedupeFindings;
import facelake.eval.DedupeFindings.Match;
import facelake.eval.DedupeFindings.Name;
import facelake.eval.ListedFace;
import facelake.eval.PlantedTruth;
import facelake.eval.ScoredMatch;
import facelake.match.LabelIssue;
import facelake.match.MatchVerdict;
import facelake.table.DuplicatesTable;
import facelake.table.LabelIssuesTable;
import facelake.table.Lake;
import facelake.table.MatchesTable;
import facelake.table.PeopleTable;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What the tables of a {@link DedupeJob} say, of the identities that a truth knows. */
final class DedupeAnswers {
  private final SparkSession spark;
  private final Lake lake;
  private final Set<Name> known = new HashSet<>();

  /** The answers in a lake that {@link #require} took. */
  DedupeAnswers(SparkSession spark, Lake lake, PlantedTruth truth) {
    this.spark = spark;
    this.lake = lake;
    truth.identities().forEach(one -> known.add(new Name(one.dataset(), one.identity())));
  }

  /**
   * Makes sure that there are answers.
   *
   * @throws UserError when the job has not run on the lake
   */
  static void require(SparkSession spark, Lake lake) {
    List<String> tables = lake.tables(spark.sparkContext().hadoopConfiguration());
    for (String table : List.of(MatchesTable.NAME, PeopleTable.NAME)) {
      if (!tables.contains(table)) {
        throw new UserError(
            "lake %s has no table %s; resolve its identities first: %s",
            lake.root(), table, ShellCommand.of("dedupe", "--lake", lake.root()));
      }
    }
  }

  /** The pairs in table matches. */
  List<ScoredMatch> matches() {
    Dataset<Row> rows =
        MatchesTable.open(spark, lake)
            .read()
            .select(
                MatchesTable.DATASET_A,
                MatchesTable.IDENTITY_A,
                MatchesTable.DATASET_B,
                MatchesTable.IDENTITY_B,
                MatchesTable.PART_A,
                MatchesTable.PART_B,
                MatchesTable.FACES_A,
                MatchesTable.FACES_B,
                MatchesTable.DISTANCE,
                MatchesTable.SCORE,
                MatchesTable.PROBABILITY,
                MatchesTable.VERDICT,
                MatchesTable.REASON,
                MatchesTable.BEST_PAIRS);
    return rows.collectAsList().stream()
        .map(this::match)
        .filter(match -> known.contains(match.pair().one()) && known.contains(match.pair().other()))
        .toList();
  }

  private ScoredMatch match(Row row) {
    List<Row> nearest = row.getList(13);
    return new ScoredMatch(
        new Match(
            new Name(row.getString(0), row.getString(1)),
            new Name(row.getString(2), row.getString(3))),
        row.getInt(4),
        row.getInt(5),
        row.getInt(6),
        row.getInt(7),
        row.getDouble(8),
        row.getDouble(9),
        row.getDouble(10),
        row.getString(11),
        row.getString(11).equals(MatchVerdict.SAME.label()),
        row.getString(12),
        nearest.isEmpty() ? null : nearest.get(0).getAs(MatchesTable.FACE_A),
        nearest.isEmpty() ? null : nearest.get(0).getAs(MatchesTable.FACE_B));
  }

  /** The faces in table label_issues, each once: of several rows one with a proposal. */
  Collection<ListedFace> listedFaces() {
    Map<String, ListedFace> faces = new HashMap<>();
    LabelIssuesTable.open(spark, lake)
        .read()
        .where(
            col(LabelIssuesTable.KIND)
                .isin(LabelIssue.OUTLIER.label(), LabelIssue.SPLIT.label())
                .and(col(LabelIssuesTable.FACE_ID).isNotNull()))
        .select(
            LabelIssuesTable.FACE_ID,
            LabelIssuesTable.KIND,
            LabelIssuesTable.PROPOSED_DATASET,
            LabelIssuesTable.PROPOSED_IDENTITY,
            LabelIssuesTable.DISTANCE,
            LabelIssuesTable.PROBABILITY)
        .collectAsList()
        .stream()
        .map(DedupeAnswers::listed)
        .forEach(face -> faces.merge(face.faceId(), face, (a, b) -> a.proposed() == null ? b : a));
    return faces.values();
  }

  private static ListedFace listed(Row row) {
    return new ListedFace(
        row.getString(0),
        row.getString(1),
        row.isNullAt(3) ? null : new Name(row.getString(2), row.getString(3)),
        row.<Double>getAs(4),
        row.<Double>getAs(5));
  }

  /** The person of each face, by face id. */
  Map<String, String> people() {
    Map<String, String> people = new HashMap<>();
    PeopleTable.open(spark, lake)
        .read()
        .where(col(PeopleTable.SCOPE).equalTo(PeopleTable.RESOLVED))
        .select(PeopleTable.FACE_ID, PeopleTable.PERSON_ID)
        .collectAsList()
        .forEach(row -> people.put(row.getString(0), row.getString(1)));
    if (people.isEmpty()) {
      throw new UserError(
          "table people of lake %s has no scope %s; resolve its identities first: jobs/facelake"
              + " dedupe --lake %s",
          lake.root(), PeopleTable.RESOLVED, lake.root());
    }
    return people;
  }

  /** The photo that each copy is of. */
  Map<DedupeFindings.Photo, String> duplicates() {
    Map<DedupeFindings.Photo, String> photos = new HashMap<>();
    DuplicatesTable.open(spark, lake)
        .read()
        .select(DuplicatesTable.DATASET, DuplicatesTable.URI, DuplicatesTable.DUPLICATE_ID)
        .collectAsList()
        .forEach(
            row ->
                photos.put(
                    new DedupeFindings.Photo(row.getString(0), row.getString(1)),
                    row.getString(2)));
    return photos;
  }
}
