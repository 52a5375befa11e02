package facelake.eval;

/**
 * A share behind counts, with its 95 % interval: the score interval of Wilson, "Probable inference,
 * the law of succession, and statistical inference", JASA 22 (1927).
 *
 * <p>Where trials depend on each other, so many of them tell as much as fewer that do not: trials
 * over the design effect (Kish, "Survey Sampling", 1965), which is the variance that there is over
 * that of independent trials.
 *
 * @param value 0 to 1; NaN without a trial
 * @param lower 0 to {@code value}; 0 without a trial
 * @param upper {@code value} to 1; 1 without a trial
 */
public record Rate(double value, double lower, double upper) {
  /** The normal distribution's quantile at 0.975: 95 of 100 such intervals hold the true share. */
  private static final double Z = 1.959963984540054;

  /**
   * The rate of a share.
   *
   * @param value the share, 0 to 1
   * @param trials independent ones, more than 0; need not be whole
   */
  static Rate of(double value, double trials) {
    if (!(trials > 0)) {
      return new Rate(Double.NaN, 0, 1);
    }
    double centre = (value * trials + Z * Z / 2) / (trials + Z * Z);
    double halfWidth = Z / (trials + Z * Z) * Math.sqrt(trials * value * (1 - value) + Z * Z / 4);
    return new Rate(
        value,
        value == 0 ? 0 : Math.max(0, centre - halfWidth),
        value == 1 ? 1 : Math.min(1, centre + halfWidth));
  }

  /**
   * By how much more events vary than independent ones would, at least 1.
   *
   * @param rate of the events
   * @param variance of their number
   */
  static double designEffect(double rate, double trials, double variance) {
    double independent = trials * rate * (1 - rate);
    return independent > 0 ? Math.max(1, variance / independent) : 1;
  }
}
