package facelake;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/** What came of many damaged inputs: how many of each outcome, the slowest, and what went wrong. */
public final class Trial {
  private final SortedMap<String, Integer> outcomes = new TreeMap<>();
  private final List<String> faults = new ArrayList<>();
  private String slowest = "none";
  private long longest;

  /** Tries one input; an exception that escapes is a fault of facelake. */
  public void run(String name, Callable<String> attempt) {
    // The processor's time: other processes make the clock's time say nothing.
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    try {
      outcomes.merge(attempt.call(), 1, Integer::sum);
    } catch (Exception | Error fault) {
      outcomes.merge("FAULT", 1, Integer::sum);
      faults.add(name + ": " + fault);
    }
    long taken = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
    if (taken > longest) {
      longest = taken;
      slowest = name;
    }
  }

  /** How many inputs came to each outcome, by its word. */
  public SortedMap<String, Integer> outcomes() {
    return outcomes;
  }

  /** What escaped, by the input's name. */
  public List<String> faults() {
    return faults;
  }

  /** Of the slowest input, seconds of processor time. */
  public double longest() {
    return longest / 1e9;
  }

  /** The name of the slowest input. */
  public String slowest() {
    return slowest;
  }
}
