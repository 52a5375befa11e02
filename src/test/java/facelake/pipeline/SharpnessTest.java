package facelake.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SharpnessTest {
  private static byte[] gray(int size, java.util.function.IntBinaryOperator value) {
    byte[] chip = new byte[size * size * 3];
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        byte gray = (byte) value.applyAsInt(x, y);
        int at = (y * size + x) * 3;
        chip[at] = gray;
        chip[at + 1] = gray;
        chip[at + 2] = gray;
      }
    }
    return chip;
  }

  @Test
  void evenChipsAndRampsHaveNone() {
    assertThat(Sharpness.of(gray(16, (x, y) -> 77), 16)).isCloseTo(0, within(1e-3f));
    assertThat(Sharpness.of(gray(16, (x, y) -> 5 * x + 3 * y), 16)).isCloseTo(0, within(1e-3f));
  }

  /** Each pixel of a checkerboard of 0 and v has four neighbours of the other kind: +-4v. */
  @Test
  void checkerboardHasSixteenTimesTheSquareOfItsContrast() {
    float measured = Sharpness.of(gray(18, (x, y) -> (x + y) % 2 * 10), 18);
    assertThat(measured).isCloseTo(16 * 10 * 10, within(0.1f));
  }
}
