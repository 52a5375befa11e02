package facelake.job;

import facelake.UserError;
import facelake.eval.KnownPeople;
import facelake.eval.PeopleOfIdentities;
import facelake.eval.PlantedTruth;
import facelake.match.Subject;
import facelake.table.Lake;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/** A file in which somebody says who is who in a lake, on any file system that Hadoop knows. */
final class TruthFile {
  private static final int MOST_TOLD = 5;

  private final SparkSession spark;
  private final Lake lake;
  private final String name;

  TruthFile(SparkSession spark, Lake lake, String name) {
    this.spark = spark;
    this.lake = lake;
    this.name = name;
  }

  /**
   * What is known of the names of a dataset.
   *
   * @throws UserError when this is no such file, or names somebody whom the dataset does not have
   */
  KnownPeople people(String dataset) {
    KnownPeople people = read(KnownPeople::read);
    requireKnown(
        people.identities().stream()
            .<Subject>map(identity -> new Subject.Identity(dataset, identity))
            .toList());
    return people;
  }

  /**
   * Whose name each identity is.
   *
   * @throws UserError when this is no such file, or names an identity that the lake does not have
   */
  List<PlantedTruth.Identity> identities() {
    List<PlantedTruth.Identity> identities = read(PeopleOfIdentities::read);
    requireKnown(
        identities.stream()
            .<Subject>map(one -> new Subject.Identity(one.dataset(), one.identity()))
            .toList());
    return identities;
  }

  private <T> T read(TextFile.Reading<T> reading) {
    return TextFile.read(name, spark.sparkContext().hadoopConfiguration(), reading);
  }

  private void requireKnown(Collection<Subject> asked) {
    LakeSubjects subjects = new LakeSubjects(spark, lake);
    Collection<Subject> missing = subjects.missing(asked);
    if (missing.isEmpty()) {
      return;
    }
    Map<Subject, String> reasons = subjects.reasons(missing.stream().limit(MOST_TOLD).toList());
    int others = missing.size() - reasons.size();
    throw new UserError(
        "%s: %s%s",
        name,
        new TreeSet<>(reasons.values()).stream().collect(Collectors.joining("; ")),
        others == 0 ? "" : "; and %,d more that it does not have".formatted(others));
  }
}
