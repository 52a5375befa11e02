package facelake.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import facelake.UserError;
import facelake.table.Lake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunClaimTest {
  private static final String WORK = "index of dataset lfw";

  private final Configuration hadoop = new Configuration();
  @TempDir private Path folder;
  private Lake lake;

  @BeforeEach
  void makeLake() {
    lake = Lake.at(folder.toString());
  }

  @Test
  void oneRunDoesAWorkAndOthersDoOthers() {
    try (RunClaim first = shared(WORK)) {
      assertThatThrownBy(() -> shared(WORK))
          .isInstanceOf(UserError.class)
          .hasMessageContaining(WORK + " is at work on this lake (process ")
          .hasMessageContaining("wait until it has ended, or stop it");
      try (RunClaim other = shared("index of dataset utk")) {
        first.requireHeld();
        other.requireHeld();
      }
    }
    shared(WORK).close();
    assertThat(folder).as("nothing is left").isEmptyDirectory();
  }

  @Test
  void exclusiveWorkBearsNoOther() {
    try (RunClaim index = shared(WORK)) {
      assertThatThrownBy(() -> exclusive("forget"))
          .isInstanceOf(UserError.class)
          .hasMessageContaining(WORK + " is at work");
      index.requireHeld();
    }
    try (RunClaim forget = exclusive("forget")) {
      assertThatThrownBy(() -> shared(WORK))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("forget is at work");
      forget.requireHeld();
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void theClaimOfADeadProcessCountsForNothing() throws Exception {
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    leave(fields -> fields.put("pid", dead.pid()));
    shared(WORK).close();

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aProcessThatWasStartedAtAnotherTimeMayBeAnother() throws IOException {
    Path claim = leave(fields -> fields.put("started", "2001-01-01T00:00:00Z"));
    assertThatThrownBy(() -> shared(WORK)).as("or the clock was set").isInstanceOf(UserError.class);
    Files.setLastModifiedTime(claim, longAgo());
    shared(WORK).close();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aClaimThatWasCutLapses() throws IOException {
    Path claim = leave(fields -> fields.put("added", "by a newer version"));
    assertThatThrownBy(() -> shared(WORK)).hasMessageContaining("is at work on this lake");

    Files.write(claim, new byte[0]);
    assertThatThrownBy(() -> shared(WORK))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("it lapses within 2 minutes");
    Files.setLastModifiedTime(claim, longAgo());
    shared(WORK).close();
    assertThat(folder).isEmptyDirectory();
  }

  private static FileTime longAgo() {
    return FileTime.from(Instant.now().minus(RunClaim.LAPSE.plusSeconds(5)));
  }

  @Test
  void theClaimOfAnotherMachineLapses() throws IOException {
    Path claim = leave(fields -> fields.put("host", "elsewhere"));
    assertThatThrownBy(() -> shared(WORK))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("on elsewhere, since ")
        .hasMessageContaining("If it was killed, its claim lapses at ");

    Files.setLastModifiedTime(claim, longAgo());
    Path sign = Files.createFile(claim.resolveSibling(claim.getFileName() + ".alive"));
    assertThatThrownBy(() -> shared(WORK)).as("it gives signs").isInstanceOf(UserError.class);

    Files.setLastModifiedTime(sign, longAgo());
    assertThatCode(() -> shared(WORK).close()).doesNotThrowAnyException();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aRunWhoseLakeIsGoneIsToldSo() throws IOException {
    RunClaim claim = shared(WORK);
    FileUtils.deleteDirectory(folder.toFile());

    assertThatThrownBy(claim::requireHeld)
        .isInstanceOf(UserError.class)
        .hasMessageContaining("is gone")
        .hasMessageContaining(lake.root());
    claim.close();
  }

  @Test
  void aRunWhoseClaimWasTakenOverIsTold() throws IOException {
    RunClaim claim = shared(WORK);
    Path file = leave(fields -> fields.put("runId", "another"));

    assertThatThrownBy(claim::requireHeld)
        .isInstanceOf(UserError.class)
        .hasMessageContaining("another one has taken over " + WORK);
    claim.close();
    assertThat(file).as("the other's claim").exists();
  }

  @Test
  void ofManyAtOnceOneIsTheOnlyOne() throws Exception {
    int runs = 8;
    ExecutorService pool = Executors.newFixedThreadPool(runs);
    try {
      CyclicBarrier start = new CyclicBarrier(runs);
      CyclicBarrier end = new CyclicBarrier(runs);
      List<Callable<Boolean>> claims =
          IntStream.range(0, runs)
              .mapToObj(run -> (Callable<Boolean>) () -> won(start, end))
              .toList();
      int won = 0;
      for (Future<Boolean> each : pool.invokeAll(claims)) {
        won += each.get() ? 1 : 0;
      }
      assertThat(won).isEqualTo(1);
    } finally {
      pool.shutdown();
    }
  }

  private boolean won(CyclicBarrier start, CyclicBarrier end) throws Exception {
    start.await();
    try (RunClaim claim = shared(WORK)) {
      end.await();
      return true;
    } catch (UserError refused) {
      end.await();
      return false;
    }
  }

  /** What changes a claim. */
  private interface Change {
    void of(ObjectNode fields);
  }

  /** The file of a run that was killed. */
  private Path leave(Change change) throws IOException {
    ObjectMapper json = new ObjectMapper();
    Path claims = folder.resolve("_claims");
    byte[] content;
    Path file;
    if (Files.exists(claims)) {
      file = onlyFile(claims);
      content = Files.readAllBytes(file);
    } else {
      try (RunClaim claim = shared(WORK)) {
        claim.requireHeld();
        file = onlyFile(claims);
        content = Files.readAllBytes(file);
      }
    }
    ObjectNode fields = (ObjectNode) json.readTree(content);
    change.of(fields);
    Files.createDirectories(claims);
    return Files.write(file, json.writeValueAsBytes(fields));
  }

  private static Path onlyFile(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList().get(0);
    }
  }

  private RunClaim shared(String work) {
    return RunClaim.shared(lake, work, "run of " + work, hadoop);
  }

  private RunClaim exclusive(String work) {
    return RunClaim.exclusive(lake, work, "run of " + work, hadoop);
  }
}
