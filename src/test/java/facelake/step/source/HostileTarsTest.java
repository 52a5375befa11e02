package facelake.step.source;

import static org.assertj.core.api.Assertions.assertThat;

import facelake.Trial;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code src/test/scripts/hostile-inputs} tries many more. */
class HostileTarsTest {
  private static final int TARS = 500;

  @TempDir Path folder;

  @Test
  void everyDamagedTarIsListedOrRefused() {
    Trial trial = new Trial();
    new HostileTars(1).list(0, TARS, SourceTesting.spark(), folder, trial);

    assertThat(trial.faults()).isEmpty();
    assertThat(trial.outcomes())
        .containsOnlyKeys("tar is whole", "tar ends early", "tar is refused");
  }
}
