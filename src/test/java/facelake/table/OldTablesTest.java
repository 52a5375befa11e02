package facelake.table;

import static facelake.table.TableAsserts.assertRefused;
import static facelake.table.TableAsserts.assertSame;
import static facelake.table.TableAsserts.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facelake.TestSpark;
import facelake.UserError;
import io.delta.tables.DeltaTable;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that another version wrote. */
class OldTablesTest {
  private final SparkSession spark = TestSpark.session();

  @TempDir Path folder;
  private Lake lake;

  @BeforeEach
  void makeLake() {
    lake = Lake.at(folder.resolve("lake").toString());
  }

  @Test
  void writerGivesOldTableTheColumnsAndChecksThatItLacks() {
    makeOldPeople();
    PeopleTable people = PeopleTable.create(spark, lake);

    assertThat(commits(PeopleTable.NAME))
        .as("made, filled, columns, two checks, version")
        .isEqualTo(6);
    StructType stored = spark.read().format("delta").load(lake.path(PeopleTable.NAME)).schema();
    for (String name : List.of(PeopleTable.IDENTITY, PeopleTable.PART, PeopleTable.ROLE)) {
      assertThat(stored.apply(name)).isEqualTo(PeopleTable.SCHEMA.apply(name));
    }
    assertThat(texts(people.read(), PeopleTable.FACE_ID, PeopleTable.ROLE))
        .containsExactly("[f,null]");
    assertRefused(
        () ->
            people.replaceScope(
                "all", Rows.of(spark, PeopleTable.SCHEMA, Rows.person(PeopleTable.ROLE, "star"))),
        "known_role");
    people.replaceScope(
        "all", Rows.of(spark, PeopleTable.SCHEMA, Rows.person(PeopleTable.ROLE, "member")));
    assertThat(texts(people.read(), PeopleTable.ROLE)).containsExactly("[member]");

    PeopleTable.create(spark, lake);
    assertThat(commits(PeopleTable.NAME)).as("nothing left to bring up to date").isEqualTo(7);
  }

  @Test
  void writerGivesOldTableTheChecksOfToday() {
    DeltaTable.create(spark)
        .location(lake.path(MatchesTable.NAME))
        .addColumns(MatchesTable.SCHEMA)
        .property("delta.constraints.known_reason", "reason IN ('evidence')")
        .execute();

    MatchesTable.create(spark, lake)
        .replace(Rows.of(spark, MatchesTable.SCHEMA, Rows.match(MatchesTable.REASON, "decision")));

    assertThat(texts(MatchesTable.open(spark, lake).read(), MatchesTable.REASON))
        .containsExactly("[decision]");
    long commits = commits(MatchesTable.NAME);
    MatchesTable.create(spark, lake);
    assertThat(commits(MatchesTable.NAME)).as("nothing left").isEqualTo(commits);
  }

  @Test
  void readerTakesMissingNullableColumnsOfOldTableForNull() {
    makeOldPeople();
    PeopleTable people = PeopleTable.open(spark, lake);

    assertSame(people.read().schema(), PeopleTable.SCHEMA);
    assertThat(texts(people.read(), PeopleTable.FACE_ID, PeopleTable.IDENTITY, PeopleTable.PART))
        .containsExactly("[f,null,null]");
    assertThat(commits(PeopleTable.NAME)).as("nothing written").isEqualTo(2);
  }

  @Test
  void oldTableIsBroughtUpToDateByManyWritersAtOnce() throws Exception {
    makeOldPeople();
    ExecutorService pool = Executors.newFixedThreadPool(3);
    try {
      Callable<PeopleTable> create = () -> PeopleTable.create(spark, lake);
      for (Future<PeopleTable> made : pool.invokeAll(List.of(create, create, create))) {
        assertThat(made.get().read().count()).isEqualTo(1);
      }
    } finally {
      pool.shutdown();
    }
    assertThat(commits(PeopleTable.NAME)).isEqualTo(6);
  }

  /** The table as it was before it had the columns that say what a face is to an identity. */
  private void makeOldPeople() {
    StructType old =
        new StructType(
            Arrays.stream(PeopleTable.SCHEMA.fields())
                .filter(
                    field ->
                        !List.of(PeopleTable.IDENTITY, PeopleTable.PART, PeopleTable.ROLE)
                            .contains(field.name()))
                .toArray(StructField[]::new));
    DeltaTable.create(spark)
        .location(lake.path(PeopleTable.NAME))
        .addColumns(old)
        .property("delta.constraints.size_positive", "size >= 1")
        .property("delta.constraints.threshold_positive", "threshold > 0")
        .execute();
    Rows.of(spark, PeopleTable.SCHEMA, Rows.person())
        .select(PeopleTable.SCOPE, Rows.allBut(old, PeopleTable.SCOPE))
        .write()
        .format("delta")
        .mode("append")
        .save(lake.path(PeopleTable.NAME));
  }

  @Test
  void openRefusesTableOfAnotherVersion() {
    spark.range(1).write().format("delta").save(lake.path(FacesTable.NAME));

    assertThatThrownBy(() -> FacesTable.open(spark, lake))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("lacks the columns face_id, dataset");
  }

  @Test
  void newTableSaysItsVersionAndANewerOneIsRefused() {
    ImagesTable.create(spark, lake);
    assertThat(version()).isEqualTo(Integer.toString(Lake.VERSION));

    setVersion(Lake.VERSION + 1);
    List<Runnable> uses =
        List.of(() -> ImagesTable.open(spark, lake), () -> ImagesTable.create(spark, lake));
    assertThat(uses)
        .allSatisfy(
            use ->
                assertThatThrownBy(use::run)
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("is of lake version 2")
                    .hasMessageContaining("knows lakes up to version 1"));

    setVersion("two");
    assertThatThrownBy(() -> ImagesTable.open(spark, lake))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("'two'")
        .hasMessageContaining("facelake.lake_version");
  }

  @Test
  void tableWithoutAVersionGetsTodaysFromAWriterOnly() {
    ImagesTable.create(spark, lake);
    spark.sql("ALTER TABLE %s UNSET TBLPROPERTIES ('facelake.lake_version')".formatted(images()));
    long commits = commits(ImagesTable.NAME);

    ImagesTable.open(spark, lake);
    assertThat(commits(ImagesTable.NAME)).isEqualTo(commits);
    ImagesTable.create(spark, lake);
    assertThat(version()).isEqualTo(Integer.toString(Lake.VERSION));
  }

  private void setVersion(Object version) {
    spark.sql(
        "ALTER TABLE %s SET TBLPROPERTIES ('facelake.lake_version' = '%s')"
            .formatted(images(), version));
  }

  private String version() {
    return spark
        .sql("SHOW TBLPROPERTIES %s ('facelake.lake_version')".formatted(images()))
        .head()
        .getString(1);
  }

  private String images() {
    return "delta.`" + lake.path(ImagesTable.NAME) + "`";
  }

  private long commits(String table) {
    return DeltaTable.forPath(spark, lake.path(table)).history().count();
  }
}
