package facelake.job;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import facelake.TestData;
import facelake.TestSpark;
import facelake.pipeline.PipelineOptions;
import facelake.table.Lake;
import facelake.table.MatchesTable;
import facelake.table.PeopleTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The quickstart without its set-up, on dlib's example photos. */
class QuickstartIT {
  private final SparkSession spark = TestSpark.session();
  @TempDir private Path temp;

  @Test
  void findsEachOfTheAlbumsPeopleInTheOtherOneAndDoesNoWorkTwice() throws IOException {
    QuickstartResult first = run();

    assertThat(first.images()).isEqualTo(67);
    assertThat(first.summary().faces()).isEqualTo(91);
    assertThat(first.photo().people()).isEqualTo(4);
    assertThat(first.albums().faces()).isEqualTo(55);
    assertThat(first.albums().identities()).isEqualTo(10);
    assertThat(first.albums().people()).isEqualTo(5);
    assertThat(first.albums().shared()).isEqualTo(5);
    assertThat(first.albums().verdicts()).containsEntry("same", 5L);
    assertThat(first.albums().issues()).isEmpty();
    assertThat(first.review().page()).startsWith("file:").endsWith("/review/index.html");
    assertThat(first.review().unseen()).isEmpty();
    for (Row match : MatchesTable.open(spark, lake()).read().collectAsList()) {
      boolean same =
          john("album-a", match.getAs(MatchesTable.IDENTITY_A))
              .equals(john("album-b", match.getAs(MatchesTable.IDENTITY_B)));
      assertThat(match.<String>getAs(MatchesTable.VERDICT).equals("same"))
          .as(match.toString())
          .isEqualTo(same);
    }

    List<Row> people = people();
    QuickstartResult again = run();
    assertThat(again.images()).isZero();
    assertThat(again.summary()).isEqualTo(first.summary());
    assertThat(again.albums().examples()).isEqualTo(first.albums().examples());
    assertThat(people()).isEqualTo(people);
  }

  private QuickstartResult run() {
    PipelineOptions pipeline = PipelineOptions.builder().build();
    return new QuickstartJob(
            spark,
            new QuickstartOptions(
                TestData.dlibExamples(),
                temp.resolve("albums"),
                lake(),
                temp.resolve("review").toString(),
                pipeline),
            pipeline.models().stream().map(TestData::model).toList(),
            IndexWatcher.NONE)
        .execute();
  }

  private Lake lake() {
    return Lake.at(temp.resolve("lake").toString());
  }

  /** The name of the folder that the photos of a name in an album are really in. */
  private String john(String album, String name) throws IOException {
    try (Stream<Path> photos = Files.list(temp.resolve("albums").resolve(album).resolve(name))) {
      return photos.findAny().orElseThrow().toRealPath().getParent().getFileName().toString();
    }
  }

  private List<Row> people() {
    return PeopleTable.open(spark, lake())
        .read()
        .where(col(PeopleTable.SCOPE).equalTo(PeopleTable.RESOLVED))
        .select(PeopleTable.FACE_ID, PeopleTable.PERSON_ID)
        .orderBy(PeopleTable.FACE_ID)
        .collectAsList();
  }
}
