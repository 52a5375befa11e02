package facelake.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facelake.UserError;
import facelake.job.ExportResult;
import facelake.step.export.ExportFormat;
import facelake.step.export.PhotoOutcome;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ExportCommandTest {
  private final StringWriter out = new StringWriter();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--drop duplicate|--drop: 'duplicate' is none of all, conflicts, duplicates, label-issues,"
            + " none, review; did you mean duplicates?",
        "--chips 3|--chips is 3; give 16 to 1024 pixels, such as 112 or 150, or leave it out for"
            + " photos",
        "--min-photos 0|--min-photos is 0; give at least 1",
        "--format csv --chips 112|--format csv writes no pictures, and so no chips; leave --chips"
            + " out, or use --format folders or webdataset",
        "--scope all --relabel|--relabel goes by labels, which scope 'all' does not know; leave it"
            + " out, or export scope resolved"
      })
  void rejectsOptionsBeforeSparkStarts(String options, String message) {
    ExportCommand command = command(options.split(" "));

    assertThatThrownBy(command::call).isInstanceOf(UserError.class).hasMessage(message);
  }

  @Test
  void printsWhatBecameOfPhotosAndTheNextCommand() {
    command().print(result(1234));

    assertThat(out.toString().lines())
        .containsExactly(
            "a, b: 1,234 pictures of 7 people out of 1,300 photos (3.3 s)",
            "      1,299 photos kept",
            "          1 photo with a face that does not fit its label",
            "          5 files of an earlier run that stayed as they were",
            "Note: could not be read, its photos count as missing: file:/gone: nothing is there",
            "Pictures: file:/train/manifest.csv",
            "What became of each photo: file:/train/lineage.csv",
            "Next: jobs/facelake leakage --lake lake --train a,b --test TESTSET");
  }

  @Test
  void saysWhereNobodyIsTestedOnAndWhereNothingIsLeft() {
    command("--without-people-of", "lfw").print(result(1234));
    assertThat(out.toString())
        .contains(
            "Note: could not be read, its photos count as missing: file:/gone: nothing is there",
            "Nobody whom dedupe found in lfw is in it.");
    command().print(result(0));
    assertThat(out.toString()).contains("Nothing is left to export; lineage.csv says why.");
  }

  private static ExportResult result(long pictures) {
    return new ExportResult(
        List.of("a", "b"),
        "file:/train",
        1300,
        new TreeMap<>(Map.of(PhotoOutcome.KEPT, 1299L, PhotoOutcome.LABEL_ISSUE, 1L)),
        7,
        pictures,
        9,
        5,
        List.of("file:/gone: nothing is there"),
        3.25);
  }

  private ExportCommand command(String... options) {
    ExportCommand command = new ExportCommand();
    CommandLine line = new CommandLine(command).setOut(new PrintWriter(out));
    Choice.register(line, ExportFormat.class);
    line.parseArgs(
        Stream.concat(Stream.of("--lake", "lake", "--to", "train"), Stream.of(options))
            .toArray(String[]::new));
    return command;
  }
}
