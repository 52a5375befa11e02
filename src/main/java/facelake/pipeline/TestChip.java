package facelake.pipeline;

/**
 * The chip that every executor embeds at its start: a drawn face of 150 x 150 pixels, made of
 * integer arithmetic only, so that it is the same on every machine.
 */
public final class TestChip {
  /** Pixels a side. */
  public static final int SIZE = 150;

  private static final int[] BACKGROUND = {96, 112, 128};
  private static final int[] SKIN = {208, 160, 136};
  private static final int[] HAIR = {56, 40, 32};
  private static final int[] EYE = {32, 32, 40};
  private static final int[] WHITE = {232, 228, 224};
  private static final int[] MOUTH = {160, 72, 80};

  private TestChip() {}

  /** 8-bit RGB, interleaved, {@code SIZE * SIZE * 3} bytes. */
  public static byte[] rgb() {
    byte[] rgb = new byte[SIZE * SIZE * 3];
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        int[] colour = colour(x, y);
        int light = 40 * x / SIZE - 20; // from the right
        for (int channel = 0; channel < 3; channel++) {
          int value = Math.max(0, Math.min(255, colour[channel] + light));
          rgb[(y * SIZE + x) * 3 + channel] = (byte) value;
        }
      }
    }
    return rgb;
  }

  private static int[] colour(int x, int y) {
    if (isIn(x, y, 50, 60, 4, 4) || isIn(x, y, 100, 60, 4, 4)) {
      return EYE;
    }
    if (isIn(x, y, 50, 60, 11, 6) || isIn(x, y, 100, 60, 11, 6)) {
      return WHITE;
    }
    if (isIn(x, y, 50, 48, 14, 3) || isIn(x, y, 100, 48, 14, 3)) {
      return HAIR;
    }
    if (isIn(x, y, 75, 110, 20, 6)) {
      return MOUTH;
    }
    if (isIn(x, y, 75, 84, 6, 12)) {
      return new int[] {SKIN[0] - 24, SKIN[1] - 24, SKIN[2] - 24};
    }
    if (isIn(x, y, 75, 80, 52, 64)) {
      return y < 30 ? HAIR : SKIN;
    }
    return isIn(x, y, 75, 62, 62, 60) ? HAIR : BACKGROUND;
  }

  /** Whether a point is in an ellipse. */
  private static boolean isIn(int x, int y, int centreX, int centreY, int radiusX, int radiusY) {
    long dx = (long) (x - centreX) * radiusY;
    long dy = (long) (y - centreY) * radiusX;
    long r = (long) radiusX * radiusY;
    return dx * dx + dy * dy <= r * r;
  }
}
