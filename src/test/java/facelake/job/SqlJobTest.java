package facelake.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facelake.TestSpark;
import facelake.UserError;
import facelake.table.FacesTable;
import facelake.table.Lake;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlJobTest {
  private static final SparkSession SPARK = TestSpark.session();

  @TempDir static Path folder;
  private static Lake lake;

  @BeforeAll
  static void makeLake() {
    lake = Lake.at(folder.toString());
    FacesTable.create(SPARK, lake);
    SPARK.range(3).toDF("n").write().format("delta").save(lake.path("my-numbers"));
  }

  @Test
  void asksAnyDeltaTable() {
    assertThat(ask("SELECT sum(n) FROM `my-numbers`;")).containsExactly("[3]");
    assertThat(ask("FROM `my-numbers` SELECT max(n)")).containsExactly("[2]");
    assertThat(ask("(VALUES 1) UNION ALL (SELECT 1)")).containsExactly("[1]", "[1]");
    assertThat(ask("WITH f AS (SELECT * FROM faces) SELECT count(*) FROM f"))
        .containsExactly("[0]");
  }

  @Test
  void tellsTablesAndColumns() {
    assertThat(ask("SHOW TABLES")).containsExactly("[,faces,true]", "[,my-numbers,true]");
    assertThat(ask("DESCRIBE faces")).contains("[face_id,string,the face; unique in the lake]");
    assertThat(ask("EXPLAIN SELECT 1").get(0)).contains("Physical Plan");
  }

  @Test
  void leavesTheViewsOfTheCallerAlone() {
    SPARK.range(7).createOrReplaceTempView("faces");
    try {
      assertThat(ask("SELECT count(*) FROM faces")).containsExactly("[0]");
      assertThat(SPARK.table("faces").count()).isEqualTo(7);
    } finally {
      SPARK.catalog().dropTempView("faces");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO faces SELECT * FROM faces",
        "FROM faces INSERT INTO faces SELECT *",
        "INSERT OVERWRITE DIRECTORY '/tmp/x' USING parquet SELECT 1",
        "WITH f AS (SELECT 1) INSERT INTO faces SELECT * FROM f",
        "DELETE FROM faces",
        "UPDATE faces SET size = 1",
        "MERGE INTO faces USING images ON true WHEN MATCHED THEN DELETE",
        "DROP VIEW faces",
        "DROP TABLE delta.`/tmp/x`",
        "CREATE TABLE x AS SELECT 1",
        "CREATE TEMPORARY VIEW x AS SELECT 1",
        "ALTER TABLE faces ADD COLUMN x INT",
        "TRUNCATE TABLE faces",
        "VACUUM delta.`/tmp/x` RETAIN 0 HOURS",
        "OPTIMIZE delta.`/tmp/x`",
        "RESTORE TABLE delta.`LAKE/faces` TO VERSION AS OF 0",
        "SET spark.sql.ansi.enabled = false",
        "CACHE TABLE faces",
        "USE other",
        "EXECUTE IMMEDIATE 'DROP VIEW faces'",
        "SELECT TRANSFORM(1) USING 'cat' AS (x)",
        "FROM faces SELECT TRANSFORM(face_id) USING 'cat' AS (x)",
        "SELECT * FROM (FROM faces MAP face_id USING 'cat' AS (x)) WHERE x > ''",
        "WITH x AS (SELECT TRANSFORM(1) USING 'cat' AS (x)) SELECT * FROM x",
        "SELECT (SELECT count(*) FROM (SELECT TRANSFORM(1) USING 'cat' AS (x)))",
      })
  void refusesToWrite(String statement) {
    String word = statement.split(" ")[0];
    assertThatThrownBy(() -> ask(statement.replace("LAKE", folder.toString())))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "sql only reads a lake, and %s does more than that; ask with SELECT, DESCRIBE, SHOW or"
                + " EXPLAIN",
            word);
  }

  @ParameterizedTest
  @ValueSource(strings = {"reflect", "java_method", "try_reflect"})
  void callsNoCode(String function) {
    assertThatThrownBy(
            () -> ask("SELECT %s('java.lang.System', 'lineSeparator')".formatted(function)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(function);
  }

  @Test
  void namesTheTablesWhenOneIsUnknown() {
    assertThatThrownBy(() -> ask("SELECT * FROM face"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("`face` cannot be found")
        .hasMessageEndingWith("\ntables of this lake: faces, my-numbers");
  }

  @Test
  void namesTheColumnsWhenOneIsUnknown() {
    assertThatThrownBy(() -> ask("SELECT colour FROM `my-numbers`"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("`colour` cannot be resolved")
        .hasMessageEndingWith("\ncolumns of my-numbers: n")
        .message()
        .doesNotContain("Project", "columns of faces");
  }

  @Test
  void showsThePlaceOfSyntaxErrors() {
    assertThatThrownBy(() -> ask("SELECT * FORM faces"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("Syntax error at or near 'faces'")
        .hasMessageContaining("^^^");
  }

  @Test
  void takesOneStatementOnly() {
    assertThatThrownBy(() -> ask("SELECT 1; DROP VIEW faces"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("Syntax error");
  }

  @Test
  void tellsMistakesOfTheDataFromFaults() {
    assertThatThrownBy(() -> ask("SELECT 1 / (n - n) FROM `my-numbers`"))
        .satisfies(
            e ->
                assertThat(SqlMistake.in((Exception) e, ""))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("Division by zero"));
    IllegalStateException fault = new IllegalStateException("fault");
    assertThat(SqlMistake.in(fault, "")).isSameAs(fault);
  }

  @Test
  void refusesLakeWithoutTables() {
    Lake nowhere = Lake.at(folder.resolve("nowhere").toString());
    SqlJob job = new SqlJob(SPARK, new SqlJob.Options(nowhere, "SELECT 1"));

    assertThatThrownBy(job::execute)
        .isInstanceOf(UserError.class)
        .hasMessage(
            "there are no tables in lake %s; name the folder that jobs/facelake index wrote to with"
                + " --lake",
            nowhere.root());
  }

  private static List<String> ask(String query) {
    return new SqlJob(SPARK, new SqlJob.Options(lake, query))
        .execute().collectAsList().stream().map(Row::toString).toList();
  }
}
