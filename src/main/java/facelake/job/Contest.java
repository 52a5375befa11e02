package facelake.job;

import java.util.ArrayList;
import java.util.List;

/**
 * Times several ways to do one thing, taking turns, so that whatever else the machine does hits all
 * of them.
 */
final class Contest {
  private static final int MOST_ROUNDS = 100;
  private static final int LEAST_ROUNDS = 3;
  private static final double ENOUGH_SECONDS = 3;

  private final List<? extends Runnable> contestants;

  Contest(List<? extends Runnable> contestants) {
    this.contestants = contestants;
  }

  /** The median of each one's milliseconds, after one turn that does not count. */
  double[] medians() {
    contestants.forEach(Runnable::run);
    List<double[]> rounds = new ArrayList<>();
    long start = System.nanoTime();
    while (rounds.size() < LEAST_ROUNDS
        || rounds.size() < MOST_ROUNDS && (System.nanoTime() - start) / 1e9 < ENOUGH_SECONDS) {
      rounds.add(contestants.stream().mapToDouble(Contest::milliseconds).toArray());
    }
    double[] medians = new double[contestants.size()];
    for (int i = 0; i < medians.length; i++) {
      int contestant = i;
      double[] sorted = rounds.stream().mapToDouble(round -> round[contestant]).sorted().toArray();
      medians[i] = sorted[sorted.length / 2];
    }
    return medians;
  }

  private static double milliseconds(Runnable contestant) {
    long start = System.nanoTime();
    contestant.run();
    return (System.nanoTime() - start) / 1e6;
  }
}
