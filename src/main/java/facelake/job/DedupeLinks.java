package facelake.job;

import static org.apache.spark.sql.functions.col;

import facelake.match.DecidedPairs;
import facelake.match.Decision;
import facelake.match.Decisions;
import facelake.match.Subject;
import facelake.match.Verdict;
import facelake.spark.Stored;
import facelake.step.identity.MatchRows;
import facelake.step.identity.PartFacts;
import facelake.step.identity.PartLookup;
import facelake.step.identity.ScoredPairs;
import facelake.step.identity.SharedPhotos;
import facelake.table.FacesTable;
import facelake.table.Lake;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** What speaks for or against pairs of identities besides their faces: copies and decisions. */
final class DedupeLinks {
  private static final StructType SAID =
      new StructType()
          .add(ScoredPairs.A, DataTypes.LongType, false)
          .add(ScoredPairs.B, DataTypes.LongType, false)
          .add(MatchRows.SAID, DataTypes.StringType, false);

  private final SparkSession spark;
  private final Lake lake;
  private final Dataset<Row> parts;
  private final PartFacts facts;
  private final Dataset<Row> duplicates;
  private final Decisions decisions;
  private final List<String> notes = new ArrayList<>();
  private final Set<Long> misplaced = new HashSet<>();

  DedupeLinks(
      SparkSession spark,
      Lake lake,
      Dataset<Row> parts,
      PartFacts facts,
      Dataset<Row> duplicates,
      Decisions decisions) {
    this.spark = spark;
    this.lake = lake;
    this.parts = parts;
    this.facts = facts;
    this.duplicates = duplicates;
    this.decisions = decisions;
  }

  /**
   * Rows of {@link MatchRows#SPECIAL}, written to a folder.
   *
   * @param folder URI of a new folder that all executors reach; the caller removes it
   * @throws facelake.UserError when decisions on identities and on their faces contradict each
   *     other
   */
  Dataset<Row> special(String folder) {
    Dataset<Row> shared = SharedPhotos.of(duplicates, parts);
    Dataset<Row> said = spark.createDataFrame(said(), SAID);
    shared
        .join(said, new String[] {ScoredPairs.A, ScoredPairs.B}, "full_outer")
        .select(
            col(ScoredPairs.A),
            col(ScoredPairs.B),
            col(SharedPhotos.SHARED),
            col(SharedPhotos.COPY),
            col(MatchRows.SAID))
        .write()
        .parquet(folder);
    return Stored.read(spark, MatchRows.SPECIAL, folder);
  }

  /** What people decided on pairs of parts, one row a pair. */
  private List<Row> said() {
    DecidedPairs pairs = new DecidedPairs();
    List<Decision> inForce = decisions.inForce();
    TreeSet<Subject> subjects = new TreeSet<>();
    inForce.stream()
        .filter(decision -> decision.verdict() != Verdict.NOT_A_FACE)
        .forEach(decision -> decision.topic().subjects().forEach(subjects::add));
    Map<Subject, List<Long>> numbers = PartLookup.numbers(spark, parts, subjects);
    misplaced.addAll(misplaced(inForce, numbers));
    Map<Subject, List<Long>> left = partsThatWereLeft(inForce, numbers);
    for (Decision decision : inForce) {
      List<Long> a = numbers.getOrDefault(decision.topic().a(), List.of());
      List<Long> b = numbers.getOrDefault(decision.topic().b(), List.of());
      switch (decision.verdict()) {
        case SAME -> same(pairs, decision, a, b);
        case DIFFERENT ->
            a.forEach(one -> b.forEach(other -> different(pairs, decision, one, other)));
        case WRONG_LABEL -> {
          same(pairs, decision, a, b);
          a.stream().filter(misplaced::contains).forEach(face -> keepApart(pairs, decision, face));
          left.getOrDefault(decision.topic().a(), List.of()).stream()
              .filter(part -> !a.contains(part) && !misplaced.contains(part))
              .forEach(part -> pairs.different(a.get(0), part, decision));
        }
        default -> {}
      }
    }
    DecisionIntake.refuse(lake, pairs.contradictions());
    List<Row> rows = new ArrayList<>();
    pairs.forEach((a, b, said) -> rows.add(RowFactory.create(a, b, said.name())));
    return rows;
  }

  private void same(DecidedPairs pairs, Decision decision, List<Long> a, List<Long> b) {
    if (a.size() == 1 && b.size() == 1) {
      pairs.same(a.get(0), b.get(0), decision);
    } else if (!a.isEmpty() && !b.isEmpty()) {
      notes.add(
          "without effect: %s; the faces of an identity are of several people, and no one has most"
                  .formatted(decision)
              + " of them; decide on its faces instead (face_a, face_b)");
    }
  }

  /** Two faces of one part were kept apart when it was cut, as far as they could be. */
  private static void different(DecidedPairs pairs, Decision decision, long a, long b) {
    if (a != b) {
      pairs.different(a, b, decision);
    }
  }

  /**
   * The parts of faces that have a wrong label. A face that has its right label already is not
   * among them.
   */
  private Set<Long> misplaced(List<Decision> inForce, Map<Subject, List<Long>> numbers) {
    Set<Long> found = new HashSet<>();
    for (Decision decision : inForce) {
      if (decision.verdict() == Verdict.WRONG_LABEL) {
        numbers.getOrDefault(decision.topic().a(), List.of()).stream()
            .filter(face -> !hasLabel(face, decision.topic().b()))
            .forEach(found::add);
      }
    }
    return found;
  }

  /**
   * By the faces that have their right label in the place of their photo's: the parts of that
   * label. Whoever the face shows is not whom it means.
   */
  private Map<Subject, List<Long>> partsThatWereLeft(
      List<Decision> inForce, Map<Subject, List<Long>> numbers) {
    List<String> ids =
        inForce.stream()
            .filter(decision -> decision.verdict() == Verdict.WRONG_LABEL)
            .filter(
                decision ->
                    numbers.getOrDefault(decision.topic().a(), List.of()).stream()
                        .anyMatch(face -> hasLabel(face, decision.topic().b())))
            .map(decision -> ((Subject.Face) decision.topic().a()).id())
            .toList();
    if (ids.isEmpty()) {
      return Map.of();
    }
    Map<Subject, Subject> labels = new HashMap<>();
    FacesTable.open(spark, lake)
        .read()
        .where(col(FacesTable.FACE_ID).isin(ids.toArray()))
        .where(col(FacesTable.IDENTITY).isNotNull())
        .select(FacesTable.FACE_ID, FacesTable.DATASET, FacesTable.IDENTITY)
        .collectAsList()
        .forEach(
            row ->
                labels.put(
                    new Subject.Face(row.getString(0)),
                    new Subject.Identity(row.getString(1), row.getString(2))));
    Map<Subject, List<Long>> found = PartLookup.numbers(spark, parts, Set.copyOf(labels.values()));
    Map<Subject, List<Long>> left = new HashMap<>();
    labels.forEach((face, label) -> left.put(face, found.getOrDefault(label, List.of())));
    return left;
  }

  private boolean hasLabel(long face, Subject right) {
    String dataset = facts.datasetNames().get(facts.dataset(facts.place(face)));
    return right instanceof Subject.Identity label && label.dataset().equals(dataset);
  }

  /** From the faces whose label it does not share. */
  private void keepApart(DecidedPairs pairs, Decision decision, long face) {
    facts.identity(facts.place(face)).stream()
        .map(facts::number)
        .filter(other -> !misplaced.contains(other))
        .forEach(other -> pairs.different(face, other, decision));
  }

  /**
   * Numbers of the parts whose label a person called wrong; known once {@link #special} was made.
   */
  Set<Long> misplaced() {
    return Set.copyOf(misplaced);
  }

  /** Sentences on decisions that have no effect. */
  List<String> notes() {
    return List.copyOf(notes);
  }
}
