package facelake.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facelake.UserError;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WholeFileTest {
  @Test
  void namesFilesBelowAFolder() {
    assertThat(WholeFile.below("file:/out", "p-1/a..b.jpg"))
        .isEqualTo(new Path("file:/out/p-1/a..b.jpg"));
    assertThat(WholeFile.below("s3a://bucket/", "p-1/a.jpg"))
        .isEqualTo(new Path("s3a://bucket/p-1/a.jpg"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../ada/x.jpg", "p-1/../../.bashrc", "..", "p-1/../../outside/x.jpg"})
  void refusesNamesThatLeadOutOfIt(String name) {
    assertThatThrownBy(() -> WholeFile.below("file:/out", name))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("is not in the folder file:/out");
  }
}
