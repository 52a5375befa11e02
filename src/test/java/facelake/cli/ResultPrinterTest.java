package facelake.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facelake.TestSpark;
import facelake.UserError;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ResultPrinterTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter remarks = new StringWriter();

  @Test
  void alignsTable() {
    print("SELECT * FROM VALUES ('taguchi', 34), ('写真', 7), (null, 1000) t(dataset, faces)");

    assertThat(out)
        .hasToString(
            """
            dataset  faces
            -------  -----
            taguchi     34
            写真         7
            null      1000
            """);
    assertThat(remarks).hasToString("3 rows\n");
  }

  @Test
  void tableAbbreviatesEmbeddingsAndBytes() {
    print(
        "SELECT array_repeat(-0.1371F, 128) e, array(1.5F) few, X'00FF' bytes,"
            + " named_struct('left', 1, 'top', null) box");

    assertThat(out.toString())
        .contains("[-0.14, -0.14, ... 128 floats]  [1.5]  2 bytes  {\"left\":1,\"top\":null}");
  }

  @Test
  void tableShowsLinesAndDisarmsTheTerminal() {
    print("SELECT 'a\\nbb' text, concat('x', char(27), '[2J') name");

    assertThat(out)
        .hasToString(
            """
            text  name
            ----  ----------
            a     x\\u001b[2J
            bb
            """);
  }

  @Test
  void tableIsCutWithNotice() {
    print("SELECT id FROM range(5000)", ResultFormat.TABLE, null);
    assertThat(out.toString().lines()).hasSize(1002);
    assertThat(remarks).hasToString("first 1,000 rows; more with --limit\n");
  }

  @Test
  void limitHoldsForEveryFormat() {
    print("SELECT id FROM range(5000)", ResultFormat.CSV, 2);
    assertThat(out).hasToString("id\n0\n1\n");
  }

  @Test
  void csvQuotesAsRfc4180Says() {
    print(
        "SELECT 'a,b' x, 'say \"hi\"' `y,z`, '' x, null n, map('k', array(1, null)) m,"
            + " timestamp'2024-05-01 12:00:00.25' t, true b, 1.5D d",
        ResultFormat.CSV,
        null);

    assertThat(out)
        .hasToString(
            """
            x,"y,z",x,n,m,t,b,d
            "a,b","say ""hi""\","",,"{""k"":[1,null]}",2024-05-01T12:00:00.250Z,true,1.5
            """);
    assertThat(remarks.toString()).isEmpty();
  }

  @Test
  void jsonIsOneObjectLine() {
    print(
        "SELECT 1 a, null b, 'x\\ny' c, array(0.25F) d, timestamp'2024-05-01 12:00:00' t"
            + " FROM range(2)",
        ResultFormat.JSON,
        null);

    assertThat(out.toString().lines())
        .hasSize(2)
        .containsOnly(
            "{\"a\":1,\"b\":null,\"c\":\"x\\ny\",\"d\":[0.25],\"t\":\"2024-05-01T12:00:00.000Z\"}");
  }

  @Test
  void emptyAnswerHasItsHeader() {
    print("SELECT 1 a, 'x' b WHERE false");
    assertThat(out).hasToString("a  b\n-  -\n");
    assertThat(remarks).hasToString("0 rows\n");
  }

  @Test
  void mistakeThatComputingShowsIsTheUsers() {
    assertThatThrownBy(() -> print("SELECT 1 / (id - id) FROM range(1)"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("Division by zero");
  }

  private void print(String query) {
    print(query, ResultFormat.TABLE, null);
  }

  private void print(String query, ResultFormat format, Integer limit) {
    new ResultPrinter(new PrintWriter(out), new PrintWriter(remarks))
        .print(TestSpark.session().sql(query), format, limit);
  }
}
