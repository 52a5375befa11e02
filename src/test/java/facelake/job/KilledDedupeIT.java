package facelake.job;

import static org.assertj.core.api.Assertions.assertThat;

import facelake.TestSpark;
import facelake.table.DecisionsTable;
import facelake.table.DuplicatesTable;
import facelake.table.LabelIssuesTable;
import facelake.table.Lake;
import facelake.table.LineageTable;
import facelake.table.MatchesTable;
import facelake.table.PeopleTable;
import facelake.table.RunRecord;
import facelake.table.RunsTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dedupe that takes decisions, killed while it writes its tables. */
class KilledDedupeIT {
  /** Tables that each run puts in the place of the old ones. */
  private static final List<String> REPLACED =
      List.of(DuplicatesTable.NAME, LabelIssuesTable.NAME, MatchesTable.NAME);

  private final SparkSession spark = TestSpark.session();
  @TempDir private Path temp;

  @Test
  void theNextRunPutsAllTablesRight() throws Exception {
    Path folder = temp.resolve("lake");
    Lake lake = lake(folder);
    Lake calm = lake(temp.resolve("calm"));
    String decisions =
        Files.writeString(
                temp.resolve("decisions.csv"),
                "decision,dataset_a,identity_a,dataset_b,identity_b,who\n"
                    + "different,a,a4,b,b4,ada\nsame,a,a0,b,b11,ada\n")
            .toString();
    Map<String, String> before = DedupedLake.ids(lake);
    KilledRun runs = new KilledRun(temp, folder);
    int people = runs.commits(PeopleTable.NAME, "WRITE");

    runs.killWhen(
        "lineage is ahead of people",
        () -> runs.commits(LineageTable.NAME, "WRITE") == 1,
        Map.of(
            "FACELAKE_JAVA_OPTIONS",
            "-XX:TieredStopAtLevel=1 -Dspark.sql.codegen.wholeStage=false"
                + " -Dspark.sql.codegen.factoryMode=NO_CODEGEN"),
        "dedupe",
        "--lake",
        lake.root(),
        "--decisions",
        decisions);
    assertThat(runs.commits(PeopleTable.NAME, "WRITE")).isEqualTo(people);
    assertThat(DedupedLake.ids(lake)).isEqualTo(before);
    String killed = DedupedLake.runs(lake, LineageTable.NAME).get(0);
    assertThat(REPLACED)
        .allSatisfy(table -> assertThat(DedupedLake.runs(lake, table)).containsExactly(killed));
    assertThat(scratch(folder)).containsExactly("_dedupe_" + killed);
    ScratchFolderTest.ageAll(folder.resolve("_dedupe_" + killed));

    DedupeOptions options = DedupeOptions.builder(lake).decisions(decisions).build();
    DedupeResult next = dedupe(options);
    dedupe(DedupeOptions.builder(calm).decisions(decisions).build());

    assertThat(scratch(folder)).isEmpty();
    List<RunRecord> finished = RunsTable.open(spark, lake).records();
    assertThat(finished).hasSize(2);
    String last = finished.get(1).runId();
    assertThat(REPLACED)
        .allSatisfy(
            table -> {
              assertThat(DedupedLake.runs(lake, table)).containsExactly(last);
              assertThat(DedupedLake.rows(lake, table)).isEqualTo(DedupedLake.rows(calm, table));
            });
    assertThat(DedupedLake.runs(lake, PeopleTable.NAME)).containsExactly(last);
    assertThat(DedupedLake.ids(lake)).isEqualTo(DedupedLake.ids(calm));
    assertThat(next.decisions()).isEqualTo(2);
    assertThat(DecisionsTable.open(spark, lake).decisions()).hasSize(2);
    assertThat(DedupedLake.runs(lake, DecisionsTable.NAME)).containsExactly(killed);
    assertThat(DedupedLake.runs(lake, LineageTable.NAME)).containsExactlyInAnyOrder(killed, last);
    assertThat(events(lake)).isEqualTo(events(calm)).hasSize(2);
    String shared = PeopledLake.faceId(PeopledLake.uri("b", 7, 4));
    assertThat(DedupedLake.ids(lake)).containsEntry(shared, before.get(shared));
  }

  /** A lake of which people have ids already. */
  private Lake lake(Path folder) {
    Lake lake = PeopledLake.ofThreeDatasets().into(spark, Lake.at(folder.toString()), 1, 1);
    dedupe(DedupeOptions.of(lake));
    return lake;
  }

  private DedupeResult dedupe(DedupeOptions options) {
    return new DedupeJob(spark, options, phase -> {}).execute();
  }

  /** What became of whom, each once. */
  private Set<List<Object>> events(Lake lake) {
    return LineageTable.open(spark, lake)
        .read()
        .select(LineageTable.PERSON_ID, LineageTable.EVENT, LineageTable.BECAME, LineageTable.FACES)
        .collectAsList()
        .stream()
        .map(
            row ->
                List.<Object>of(
                    row.getString(0), row.getString(1), row.getString(2), row.getLong(3)))
        .collect(Collectors.toSet());
  }

  private static List<String> scratch(Path lake) throws IOException {
    try (Stream<Path> all = Files.list(lake)) {
      return all.map(path -> path.getFileName().toString())
          .filter(name -> name.startsWith("_dedupe_"))
          .toList();
    }
  }
}
