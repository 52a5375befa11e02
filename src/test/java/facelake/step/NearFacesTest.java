package facelake.step;

import static org.assertj.core.api.Assertions.assertThat;

import facelake.TestSpark;
import facelake.match.PhotoRule;
import facelake.spark.Phases;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearFacesTest {
  private static final int FACES = 24;

  private final SparkSession spark = TestSpark.session();
  @TempDir private Path folder;

  /** Faces on a line, 0.25 apart, two a photo: those at most two steps apart are near. */
  @ParameterizedTest
  @CsvSource({"1,1024,65536", "2,1,8", "5,4,9"})
  void findsEachPairOnceAcrossBlocksAndSlabs(int partitions, int blockFaces, int slabFaces) {
    ScanPlan plan = new ScanPlan(partitions, blockFaces, slabFaces);

    assertThat(pairs(plan, PhotoRule.ANY_NUMBER, FACES))
        .containsExactlyInAnyOrderElementsOf(near());
    assertThat(pairs(plan, PhotoRule.ONCE_A_PHOTO, FACES))
        .containsExactlyInAnyOrderElementsOf(nearOnceAPhoto());
  }

  /** So few faces are compared in all cells, and nothing can be missed. */
  @Test
  void findsEachPairOnceBeyondTheExactLimit() {
    ScanPlan plan = new ScanPlan(2, 4, 8);

    assertThat(pairs(plan, PhotoRule.ANY_NUMBER, FACES - 1))
        .containsExactlyInAnyOrderElementsOf(near());
    assertThat(pairs(plan, PhotoRule.ONCE_A_PHOTO, FACES - 1))
        .containsExactlyInAnyOrderElementsOf(nearOnceAPhoto());
  }

  private static List<Pair> nearOnceAPhoto() {
    return near().stream().filter(pair -> pair.number() / 2 != pair.other() / 2).toList();
  }

  private static List<Pair> near() {
    List<Pair> pairs = new ArrayList<>();
    for (long face = 0; face < FACES; face++) {
      for (long step = 1; step <= 2 && face + step < FACES; step++) {
        pairs.add(new Pair(face, face + step, 0.25f * step));
      }
    }
    return pairs;
  }

  private List<Pair> pairs(ScanPlan plan, PhotoRule rule, long exactUpTo) {
    List<NumberedFace> line =
        LongStream.range(0, FACES)
            .mapToObj(
                face ->
                    new NumberedFace(
                        face,
                        face - face % 2,
                        "d",
                        "photo " + face / 2,
                        "face " + face,
                        new float[] {0.25f * face, 1f}))
            .toList();
    JavaRDD<NumberedFace> faces =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .parallelize(line, plan.partitions());
    return new NearFaces(
            spark,
            new PeopleOptions("all", 0.6, rule, 0, exactUpTo),
            plan,
            Phases.unwatched(spark, "test"))
            .pairs(faces, FACES, folder.resolve(rule.name()).toUri().toString())
            .rows()
            .collectAsList()
            .stream()
            .map(row -> new Pair(row.getLong(0), row.getLong(1), row.getFloat(2)))
            .toList();
  }

  private record Pair(long number, long other, float distance) {}
}
