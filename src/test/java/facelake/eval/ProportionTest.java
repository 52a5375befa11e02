package facelake.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProportionTest {
  private static final double Z = 1.959963984540054;

  /** The ends p of Wilson's interval solve {@code (k/n - p)^2 = z^2 p (1 - p) / n}. */
  @ParameterizedTest
  @CsvSource({"1,2", "5,20", "81,263", "981,1000", "999999,1000000"})
  void endsSolveWilsonsEquation(long k, long n) {
    Proportion share = new Proportion(k, n);

    for (double end : new double[] {share.lower(), share.upper()}) {
      double left = Math.pow((double) k / n - end, 2);
      assertThat(left).isCloseTo(Z * Z * end * (1 - end) / n, within(1e-12));
    }
    assertThat(share.value()).isBetween(share.lower(), share.upper());
  }

  /** Published: Newcombe, "Two-sided confidence intervals for the single proportion" (1998). */
  @Test
  void givesNewcombesExamples() {
    assertThat(new Proportion(81, 263)).hasToString("0.308 [0.255, 0.366]");
    assertThat(new Proportion(15, 148)).hasToString("0.101 [0.062, 0.160]");
    assertThat(new Proportion(0, 20)).hasToString("0.000 [0.000, 0.161]");
    assertThat(new Proportion(1, 29)).hasToString("0.034 [0.006, 0.172]");
  }

  /** With k = n the lower end is n / (n + z^2). */
  @Test
  void staysInsideZeroAndOneAtTheEnds() {
    assertThat(new Proportion(10, 10).lower()).isCloseTo(10 / (10 + Z * Z), within(1e-12));
    assertThat(new Proportion(10, 10).upper()).isEqualTo(1);
    assertThat(new Proportion(0, 10).upper()).isCloseTo(Z * Z / (10 + Z * Z), within(1e-12));
    assertThat(new Proportion(0, 10).lower()).isZero();
  }

  @Test
  void knowsNothingWithoutATrial() {
    Proportion none = new Proportion(0, 0);

    assertThat(none.value()).isNaN();
    assertThat(none.lower()).isZero();
    assertThat(none.upper()).isEqualTo(1);
    assertThat(none).hasToString("none");
  }

  @Test
  void refusesMoreSuccessesThanTrials() {
    assertThatThrownBy(() -> new Proportion(3, 2)).hasMessage("3 of 2 is no share");
  }
}
