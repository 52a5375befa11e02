package facelake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import facelake.TestSpark;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void helpsWhenNothingIsAsked() {
    assertThat(run()).isZero();
    assertThat(out.toString())
        .startsWith("facelake turns photo collections into Delta tables of faces.")
        .contains("Commands, in the order of use:", "Start with:", "jobs/facelake models fetch");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void everyCommandHelpsWithAnExample() {
    assertThat(run("sql", "--help")).isZero();
    assertThat(out.toString()).contains("Examples:", "jobs/facelake sql \"SELECT", "--lake=DIR");
  }

  @Test
  void tellsItsVersion() {
    assertThat(run("--version")).isZero();
    assertThat(out).hasToString("facelake development\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "models",
        "models list",
        "models fetch",
        "models verify",
        "models describe",
        "index",
        "cluster",
        "dedupe",
        "tag",
        "search",
        "evaluate",
        "evaluate dedupe",
        "evaluate lfw",
        "evaluate gender",
        "evaluate models",
        "calibrate",
        "train",
        "train gender",
        "sql",
        "quickstart"
      })
  void everyCommandHelpsWithAnExample(String command) {
    assertThat(run((command + " --help").split(" "))).isZero();
    assertThat(out.toString()).contains("Example").contains("jobs/");
  }

  @Test
  void suggestsTheNearestCommand() {
    assertThat(run("sqll")).isEqualTo(2);
    assertThat(err)
        .hasToString(
            """
            facelake: unknown command 'sqll'; did you mean sql?
            See jobs/facelake --help
            """);
  }

  @Test
  void suggestsTheNearestOption() {
    assertThat(run("sql", "SELECT 1", "--lake", "x", "--fromat", "csv")).isEqualTo(2);
    assertThat(err)
        .hasToString(
            """
            facelake: unknown option '--fromat'; did you mean --format?
            See jobs/facelake sql --help
            """);
  }

  @Test
  void suggestsNothingFarFetched() {
    assertThat(run("sql", "SELECT", "count(*)", "--lake", "x")).isEqualTo(2);
    assertThat(err.toString()).startsWith("facelake: unknown argument 'count(*)'\n");
  }

  @Test
  void namesWhatIsMissing() {
    assertThat(run("sql", "SELECT 1")).isEqualTo(2);
    assertThat(err)
        .hasToString(
            """
            facelake: Missing required option: '--lake=DIR'
            See jobs/facelake sql --help
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sftp://ada:hunter2@host/photos",
        "s3://key:hunter2@bucket",
        "s3a://key:hun/hunter2@bucket",
        "https://host/x?X-Amz-Signature=hunter2"
      })
  void takesNoPasswordsInAddresses(String address) {
    assertThat(run("index", "--input", address, "--dataset", "d", "--lake", "x")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("facelake: an argument has a password in an address")
        .doesNotContain("hunter2");
    assertThat(run("index", "--input=" + address, "--dataset", "d", "--lake", "x")).isEqualTo(2);
    assertThat(err.toString()).doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"hdfs://head:8020/photos/a@b.jpg", "abfss://container@account/x", "/a:b@c"})
  void takesAddressesWithoutPasswords(String address) {
    assertThat(run("index", "--input", address, "--dataset", " ", "--lake", "x")).isEqualTo(2);
    assertThat(err.toString()).startsWith("facelake: --dataset ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a,b", "a/b", "a\nb", " "})
  void takesNoDatasetNamesThatOptionsCannotHold(String name) {
    assertThat(run("index", "--input", "x", "--dataset", name, "--lake", "x")).isEqualTo(2);
    assertThat(err.toString()).startsWith("facelake: --dataset ");
  }

  @Test
  void namesTheWordsThatAnOptionTakes() {
    assertThat(run("index", "--input", "x", "--dataset", "d", "--lake", "x", "--engine", "onedn"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("'onedn' is none of dlib, onednn; did you mean onednn?");
  }

  @Test
  void refusesAPrecisionThatTheEngineDoesNotHave() {
    assertThat(
            run(
                "index",
                "--input",
                "x",
                "--dataset",
                "d",
                "--lake",
                "x",
                "--engine",
                "dlib",
                "--precision",
                "bf16"))
        .isEqualTo(2);
    assertThat(err)
        .hasToString("facelake: --engine dlib computes in fp32 only; leave out --precision bf16\n");
  }

  @Test
  void exitsWithTwoForWhatTheUserCanMend() {
    assertThat(run("sql", "SELECT 1", "--lake", "x", "--limit", "0")).isEqualTo(2);
    assertThat(err).hasToString("facelake: --limit is 0; give at least 1\n");
  }

  @Test
  void answersQuestionAboutLake(@TempDir Path folder) {
    String table = folder.resolve("n").toString();
    TestSpark.session().range(3).toDF("n").write().format("delta").save(table);

    assertThat(run("sql", "SELECT sum(n) AS s FROM n", "--lake", folder.toString())).isZero();
    assertThat(out).hasToString("s\n-\n3\n");
    assertThat(err).hasToString("1 row\n");
  }

  @Test
  void bugLeavesItsDetailsInFile() throws Exception {
    PrintWriter writer = new PrintWriter(err);
    Failures failures = new Failures(writer, () -> false, () -> false);

    assertThat(failures.failed(new IllegalStateException("two heads\nmore"))).isEqualTo(1);
    String[] lines = err.toString().split("\n");
    assertThat(lines[0])
        .isEqualTo("facelake: this is a bug: java.lang.IllegalStateException: two heads");
    Path details = Path.of(lines[1].substring("The details are in ".length()));
    assertThat(details).content().contains("two heads\nmore", "at facelake.cli.MainTest");
    Files.delete(details);
  }

  @Test
  void bugShowsItsStackWhenVerbose() {
    Failures failures = new Failures(new PrintWriter(err), () -> true, () -> false);

    assertThat(failures.failed(new IllegalStateException("two heads"))).isEqualTo(1);
    assertThat(err.toString()).contains("at facelake.cli.MainTest").doesNotContain("details");
  }

  @Test
  void failureIsNoNewsWhenInterrupted() {
    Failures failures = new Failures(new PrintWriter(err), () -> true, () -> true);

    assertThat(failures.failed(new IllegalStateException("context was shut down"))).isEqualTo(130);
    assertThat(err.toString()).isEmpty();
  }

  private int run(String... args) {
    return Main.run(new Interruption(), new PrintWriter(out), new PrintWriter(err), args);
  }
}
