package facelake.job;

import static org.apache.spark.sql.functions.col;

import facelake.match.Decision;
import facelake.match.Decisions;
import facelake.match.Resolution;
import facelake.match.Subject;
import facelake.match.Verdict;
import facelake.step.identity.MatchRows;
import facelake.step.identity.PartLookup;
import facelake.step.identity.ScoredPairs;
import facelake.step.identity.SharedPhotos;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
  private final Dataset<Row> parts;
  private final Dataset<Row> duplicates;
  private final Decisions decisions;

  DedupeLinks(
      SparkSession spark, Dataset<Row> parts, Dataset<Row> duplicates, Decisions decisions) {
    this.spark = spark;
    this.parts = parts;
    this.duplicates = duplicates;
    this.decisions = decisions;
  }

  /**
   * Rows of {@link MatchRows#SPECIAL}, written to a folder.
   *
   * @param folder URI of a new folder that all executors reach; the caller removes it
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
    return spark.read().schema(MatchRows.SPECIAL).parquet(folder);
  }

  private List<Row> said() {
    TreeSet<Subject> subjects = new TreeSet<>();
    List<Decision> pairs =
        decisions.inForce().stream().filter(decision -> decision.topic().b() != null).toList();
    pairs.forEach(decision -> decision.topic().subjects().forEach(subjects::add));
    Map<Subject, Long> numbers = PartLookup.numbers(spark, parts, subjects);
    Map<List<Long>, Resolution.Said> said = new TreeMap<>(DedupeLinks::compare);
    for (Decision decision : pairs) {
      Long a = numbers.get(decision.topic().a());
      Long b = numbers.get(decision.topic().b());
      if (a != null && b != null && !a.equals(b)) {
        said.put(
            List.of(Math.min(a, b), Math.max(a, b)),
            decision.verdict() == Verdict.DIFFERENT
                ? Resolution.Said.DIFFERENT
                : Resolution.Said.SAME);
      }
    }
    List<Row> rows = new ArrayList<>();
    said.forEach(
        (pair, word) -> rows.add(RowFactory.create(pair.get(0), pair.get(1), word.name())));
    return rows;
  }

  private static int compare(List<Long> a, List<Long> b) {
    int first = Long.compare(a.get(0), b.get(0));
    return first != 0 ? first : Long.compare(a.get(1), b.get(1));
  }
}
