package facelake.eval;

import java.util.Locale;

/**
 * A share that was counted, {@code successes} of {@code trials}, with what is known of the share
 * behind it: the score interval of Wilson, "Probable inference, the law of succession, and
 * statistical inference", JASA 22 (1927). Unlike the textbook's normal interval it stays inside 0
 * and 1 and is right for few trials and for shares near either end.
 *
 * <p>The interval takes the trials as independent. Pairs of faces are not: those of one large
 * person stand or fall together, so that for pairs the truth is less certain than it says.
 *
 * @param successes 0 to {@code trials}
 * @param trials 0 or more
 */
public record Proportion(long successes, long trials) {
  /** Checks that the counts make a share. */
  public Proportion {
    if (successes < 0 || trials < successes) {
      throw new IllegalArgumentException(successes + " of " + trials + " is no share");
    }
  }

  /** The share, 0 to 1; NaN without a trial. */
  public double value() {
    return (double) successes / trials;
  }

  /** The lower end of the 95 % interval, 0 to {@link #value}; 0 without a trial. */
  public double lower() {
    return rate().lower();
  }

  /** The upper end of the 95 % interval, {@link #value} to 1; 1 without a trial. */
  public double upper() {
    return rate().upper();
  }

  private Rate rate() {
    return Rate.of(value(), trials);
  }

  /** Share and interval, {@code 0.981 [0.964, 0.990]}, or {@code none} without a trial. */
  @Override
  public String toString() {
    return trials == 0
        ? "none"
        : String.format(Locale.ROOT, "%.3f [%.3f, %.3f]", value(), lower(), upper());
  }
}
