package facelake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import facelake.UserError;
import facelake.model.Manifest;
import facelake.model.ModelKind;
import facelake.model.ModelPlaces;
import facelake.model.ModelSource;
import facelake.model.ModelSpec;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ModelsCommandTest {
  /** Of the text {@code model}. */
  private static final String SHA256 =
      "9372c470eeadd5ecd9c3c74c2b3cb633f8e2f2fad799250a0f70d652b6b825e4";

  @TempDir Path work;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path models;

  @BeforeEach
  void makeFolders() throws IOException {
    models = Files.createDirectories(work.resolve("cache/models"));
  }

  @Test
  void listsNameKindSizeStateAndLicence() throws IOException {
    Files.writeString(models.resolve("a.dat"), "model");
    Files.writeString(models.resolve("b.dat"), "mod");
    assertThat(run("list")).isZero();
    assertThat(out.toString().lines().map(line -> line.replaceAll(" +", " ")))
        .contains(
            "a embedder 0.0 MB ready CC0-1.0",
            "b embedder 0.0 MB broken CC0-1.0",
            "c embedder unknown missing CC0-1.0",
            "Files are in " + models)
        .anySatisfy(line -> assertThat(line).contains("b is truncated: 3 of its 5 bytes"));
  }

  @Test
  void fetchesFromAFolder() throws IOException {
    Path offered = Files.createDirectory(work.resolve("offered"));
    Files.writeString(offered.resolve("a.dat"), "model");
    assertThat(run("fetch", "a", "--from", offered.toString())).isZero();
    assertThat(models.resolve("a.dat")).hasContent("model");
    assertThat(out).hasToString("a: ready, from " + offered.resolve("a.dat") + "\n");
  }

  @Test
  void refusesAFolderThatIsNone() {
    assertThat(run("fetch", "a", "--from", "/nowhere")).isEqualTo(2);
    assertThat(err.toString()).contains("--from /nowhere is not a folder");
  }

  @Test
  void saysHowToGetAModelThatNobodyHas() {
    assertThat(run("fetch", "c")).isEqualTo(2);
    assertThat(err.toString()).contains("No source has model c", "download http://page");
  }

  @Test
  void verifyListsEveryProblem() throws IOException {
    Files.writeString(models.resolve("a.dat"), "modem");
    Files.writeString(models.resolve("b.dat"), "mod");
    assertThat(run("verify")).isEqualTo(2);
    assertThat(err.toString()).contains("Model a has 5 bytes", "Model b is truncated");
  }

  @Test
  void verifyIsContentWithWhatIsRight() throws IOException {
    Files.writeString(models.resolve("a.dat"), "model");
    assertThat(run("verify")).isZero();
    assertThat(run("verify", "a")).isZero();
    assertThat(run("verify", "a", "b")).isEqualTo(2);
    assertThat(err.toString()).contains("Model b is missing");
  }

  @Test
  void verifySaysWhenThereIsNothing() {
    assertThat(run("verify")).isZero();
    assertThat(out.toString()).contains("No model is here yet");
  }

  @Test
  void verifyAcceptsANewFileByName() throws IOException {
    Files.writeString(models.resolve("c.dat"), "new");
    Files.writeString(models.resolve("c.dat.sha256"), SHA256 + "  c.dat\n");
    assertThat(run("verify", "c")).isEqualTo(2);
    assertThat(run("verify", "--accept", "c")).isZero();
    assertThat(run("verify", "c")).isZero();
    assertThat(run("verify", "--accept")).isEqualTo(2);
    assertThat(err.toString()).contains("--accept needs the names");
  }

  @Test
  void describesAModelAndItsLimits() {
    assertThat(run("describe", "a")).isZero();
    assertThat(out.toString().lines().map(line -> line.replaceAll(" +", " ")))
        .contains(
            "not for people",
            "threshold 0.6",
            "sha256 " + SHA256,
            "file " + models.resolve("a.dat"));
  }

  @Test
  void rejectsUnknownModel() {
    assertThat(run("describe", "aa")).isEqualTo(2);
    assertThat(err.toString()).contains("There is no model aa");
  }

  private int run(String... arguments) {
    ModelPlaces places = new ModelPlaces(work.resolve("cache"), List.of(), Optional.empty());
    Manifest manifest =
        new Manifest(
            List.of(
                spec("a", 5L, SHA256),
                spec("b", 5L, SHA256),
                spec("c", null, null, new ModelSource(ModelSource.Kind.BY_HAND, "http://page"))));
    return new CommandLine(new ModelsCommand(() -> manifest, places))
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .setExecutionExceptionHandler(
            (exception, line, result) -> {
              assertThat(exception).isInstanceOf(UserError.class);
              line.getErr().println(exception.getMessage());
              return 2;
            })
        .execute(arguments);
  }

  private static ModelSpec spec(String name, Long bytes, String sha256, ModelSource... sources) {
    return new ModelSpec(
        name,
        name + ".dat",
        ModelKind.EMBEDDER,
        bytes,
        sha256,
        null,
        null,
        "chip",
        0.6,
        "nobody",
        "CC0-1.0",
        List.of("people"),
        List.of(sources),
        "");
  }
}
