package facelake.job;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Whose a {@link RunClaim} is.
 *
 * @param work what the run does, in words
 * @param runId the run
 * @param exclusive whether it bears no other run beside it
 * @param host the name of its machine
 * @param machine what else tells machines, and containers with one name, from each other
 * @param pid the process on that machine
 * @param started when that process was started, which tells it from a later one of the same number
 * @param since when the claim was made
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record ClaimHolder(
    String work,
    String runId,
    boolean exclusive,
    String host,
    String machine,
    long pid,
    String started,
    String since) {
  private static final String UNKNOWN = "unknown";

  /** A run of this process. */
  static ClaimHolder here(String work, String runId, boolean exclusive) {
    ProcessHandle process = ProcessHandle.current();
    return new ClaimHolder(
        work,
        runId,
        exclusive,
        thisHost(),
        thisMachine(),
        process.pid(),
        started(process),
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
  }

  /** Whether {@link #isAlive} can tell. */
  @JsonIgnore
  boolean isOfThisMachine() {
    return host.equals(thisHost()) && machine.equals(thisMachine());
  }

  /** Whether the process still runs for certain; of this machine only. */
  @JsonIgnore
  boolean isAlive() {
    return process().filter(process -> started(process).equals(started)).isPresent();
  }

  /**
   * Whether the process has ended for certain; of this machine only. One of the same number that
   * was started at another time may be another, or the clock was set meanwhile.
   */
  @JsonIgnore
  boolean isGone() {
    return process().isEmpty();
  }

  private Optional<ProcessHandle> process() {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
  }

  private static String started(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toString).orElse(UNKNOWN);
  }

  private static String thisHost() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return UNKNOWN;
    }
  }

  /** Since when Linux runs, and where its processes are counted; nothing on other systems. */
  private static String thisMachine() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip()
          + " "
          + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
    } catch (IOException e) {
      return "";
    }
  }
}
