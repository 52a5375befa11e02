package facelake.step.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facelake.TestSpark;
import facelake.UserError;
import facelake.image.FailureClass;
import facelake.image.ImageFailure;
import facelake.step.source.SourceImage;
import facelake.table.Lake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attempts that are not closed are those of processes that died. */
class CrashJournalTest {
  private static final SourceImage ONE = image("file:///a/one.jpg", "1:1");
  private static final SourceImage TWO = image("file:///a/two.jpg", "1:1");
  private static final List<SourceImage> CHUNK = List.of(ONE, TWO);

  @TempDir private Path temp;
  private CrashJournal journal;

  @BeforeEach
  void open() {
    journal = journal(1);
  }

  private CrashJournal journal(int maxCrashes) {
    Lake lake = Lake.at(temp.toString());
    return CrashJournal.open(TestSpark.session(), lake, "mine", maxCrashes);
  }

  private static SourceImage image(String uri, String version) {
    return new SourceImage(uri, "file:///a", null, 1, version, uri, 0);
  }

  private TaskClaim claim() {
    return journal.chunk(CHUNK, 1).claim(0);
  }

  @Test
  void imagesAreUnderSuspicionWhereAnAttemptDied() {
    assertThat(claim().isUnderSuspicion()).isFalse();
    assertThat(claim().isUnderSuspicion()).isTrue();
    assertThat(journal.chunk(CHUNK, 2).claim(0).isUnderSuspicion()).isFalse();
    assertThat(journal.chunk(CHUNK, 1).claim(1).isUnderSuspicion()).isFalse();
  }

  @Test
  void anAttemptThatEndsLeavesNothing() throws IOException {
    try (TaskClaim claim = claim()) {
      assertThat(files()).hasSize(1);
    }
    assertThat(files()).isEmpty();
    assertThat(claim().isUnderSuspicion()).isFalse();
  }

  @Test
  void otherContentIsNotUnderSuspicion() {
    claim();
    List<SourceImage> changed = List.of(ONE, image(TWO.uri(), "2:2"));
    assertThat(journal.chunk(changed, 1).claim(0).isUnderSuspicion()).isFalse();
  }

  @Test
  void twoDeathsWithAnImageAloneInHandProveItsGuilt() {
    claim();
    claim().begin(ONE);
    assertThat(claim().known(ONE)).isEmpty();
    claim().begin(ONE);

    TaskClaim claim = claim();
    assertThat(claim.known(ONE)).hasValueSatisfying(CrashJournalTest::requireCrash);
    assertThat(claim.known(TWO)).isEmpty();
    claim.close();
    // If Spark computes the partition again, the row is the same.
    assertThat(claim().known(ONE)).hasValueSatisfying(CrashJournalTest::requireCrash);
  }

  private static void requireCrash(ImageFailure failure) {
    assertThat(failure.failureClass()).isEqualTo(FailureClass.NATIVE_CRASH);
    assertThat(failure.getMessage())
        .startsWith("The process died 2 times while it worked on this image alone, the last time")
        .contains("process " + ProcessHandle.current().pid() + " on ")
        .doesNotContain("one.jpg");
  }

  @Test
  void anImageThatEndsIsInnocent() {
    claim();
    claim().begin(ONE);
    TaskClaim claim = claim();
    claim.begin(ONE);
    claim.end(ONE);
    claim().begin(ONE);

    assertThat(claim().known(ONE)).isEmpty();
  }

  @Test
  void moreCrashesThanMayBeAreAnErrorThatNamesThem() {
    claim();
    for (SourceImage image : CHUNK) {
      claim().begin(image);
      claim().begin(image);
    }
    TaskClaim claim = claim();
    assertThat(claim.known(ONE)).isPresent();
    assertThatThrownBy(() -> claim.known(TWO))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("images that crash native code: 2, more than --max-crashes 1: ")
        .hasMessageContaining(ONE.uri())
        .hasMessageContaining(TWO.uri())
        .hasMessageContaining(temp + "/_journal_");
    assertThatThrownBy(this::claim).isInstanceOf(UserError.class);
    assertThat(journal(2).chunk(CHUNK, 1).claim(0).known(TWO)).isPresent();
  }

  @Test
  void anImageOverItsTimeIsKnownUntilTheNextRun() {
    ImageFailure late = new ImageFailure(FailureClass.TIMEOUT, "It took more than 3 seconds");
    try (TaskClaim claim = claim()) {
      claim.remember(ONE, late);
    }
    assertThat(claim().known(ONE))
        .hasValueSatisfying(known -> assertThat(known).hasMessage(late.getMessage()));
    journal.forgetTimeouts();
    assertThat(claim().known(ONE)).isEmpty();
  }

  @Test
  void nothingIsLeftOfAJournalThatWasRemoved() throws IOException {
    claim().begin(ONE);
    journal.remove();
    assertThat(files()).isEmpty();
    assertThat(claim().isUnderSuspicion()).isFalse();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(temp)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.toString().endsWith(".crc"))
          .toList();
    }
  }
}
