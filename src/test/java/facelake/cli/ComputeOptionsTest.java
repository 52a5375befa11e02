package facelake.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facelake.UserError;
import facelake.net.Precision;
import facelake.pipeline.Engine;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ComputeOptionsTest {
  private static ComputeOptions parsed(String... words) {
    ComputeOptions options = new ComputeOptions();
    CommandLine line = new CommandLine(options);
    Choice.register(line, Engine.class);
    Choice.register(line, ComputeOptions.PrecisionChoice.class);
    line.parseArgs(words);
    return options;
  }

  @Test
  void oneDnnInFp32UnlessAskedForMore() {
    assertThat(parsed().engine()).isEqualTo(Engine.ONEDNN);
    assertThat(parsed().precision()).isEqualTo(Precision.FP32);
  }

  @Test
  void autoIsTheFastestThatTheProcessorHas() {
    assertThat(parsed("--precision", "auto").precision()).isEqualTo(Precision.fastest());
    assertThat(parsed("--precision", "auto", "--engine", "dlib").precision())
        .isEqualTo(Precision.FP32);
  }

  @Test
  void bf16NeedsAProcessorThatHasIt() {
    ComputeOptions rounded = parsed("--precision", "bf16");
    if (Precision.fastest() == Precision.BF16) {
      assertThat(rounded.precision()).isEqualTo(Precision.BF16);
    } else {
      assertThatThrownBy(rounded::precision)
          .isInstanceOf(UserError.class)
          .hasMessageContaining("bf16");
    }
  }
}
