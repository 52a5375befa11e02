package facelake.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CopyRuleTest {
  private static final CopyRule RULE = new CopyRule(8, 0.25, 4, 0.5);

  @ParameterizedTest
  @CsvSource({
    "0,0,true",
    "4,0.49,true",
    "4,0.5,false",
    "5,0.24,true",
    "8,0.24,true",
    "8,0.25,false",
    "9,0,false",
    "4,NaN,true",
    "5,NaN,false"
  })
  void asksForNearerFacesWhereMoreBitsDiffer(int bits, double farthest, boolean copies) {
    assertThat(RULE.holds(bits, farthest)).isEqualTo(copies);
  }

  @Test
  void measuresTheFaceThatIsFarthest() {
    assertFarthest(3, line(0, 7), line(10, 1));
    assertFarthest(1, line(0, 7), line(10, 1, 6));
    assertFarthest(9, line(0), line(9));
    assertFarthest(9, line(0, 0), line(0, 9));
    assertFarthest(Double.NaN, line(), line(1));
    assertFarthest(Double.NaN, line(), line());
  }

  @Test
  void refusesNumbersThatMakeNoSense() {
    assertThatThrownBy(() -> new CopyRule(8, 0.25, 9, 0.5))
        .hasMessage(
            "bits that need no face are 0 to 8, as many as copies differ in at most, not 9");
    assertThatThrownBy(() -> new CopyRule(8, 0, 4, 0.5))
        .hasMessage("A distance is positive, not 0.0 or 0.5");
  }

  private static void assertFarthest(double distance, EmbeddingBlock a, EmbeddingBlock b) {
    assertThat(CopyRule.farthest(a, b)).isEqualTo(Double.valueOf(distance));
    assertThat(CopyRule.farthest(b, a)).isEqualTo(Double.valueOf(distance));
  }

  private static EmbeddingBlock line(float... places) {
    return new EmbeddingBlock(places, 1);
  }
}
