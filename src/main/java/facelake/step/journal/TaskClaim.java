package facelake.step.journal;

import facelake.UserError;
import facelake.image.FailureClass;
import facelake.image.ImageFailure;
import facelake.step.source.SourceImage;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.util.ShutdownHookManager;

/**
 * One attempt's claim on a partition of images: a file that stays when the process dies.
 *
 * <p>Where an earlier attempt has left one, the images are under suspicion. Whoever works on them
 * then begins each alone, which leaves a note, and ends it, which takes the note back. Somebody may
 * pull the plug while a note stands, so that one death proves nothing: an image is guilty when it
 * was alone in hand at {@link #PROOF} deaths.
 */
public final class TaskClaim implements AutoCloseable {
  /** Deaths with an image alone in hand that prove that it is to blame. */
  public static final int PROOF = 2;

  private static final String CLAIM = ".claim";
  private static final String NOTE = ".alone-";
  private static final int BEFORE_FILE_SYSTEMS = FileSystem.SHUTDOWN_HOOK_PRIORITY + 1;

  private final JournalFolder folder;
  private final String name;
  private final int maxCrashes;
  private final Set<String> found;
  private boolean kept;
  private Runnable atExit;

  private TaskClaim(JournalFolder folder, String name, int maxCrashes, Set<String> found) {
    this.folder = folder;
    this.name = name;
    this.maxCrashes = maxCrashes;
    this.found = found;
  }

  static TaskClaim of(JournalFolder folder, String partition, int maxCrashes) {
    String name = partition + CLAIM;
    if (!folder.has(name)) {
      folder.write(name, "Images are being worked on by " + process());
      return new TaskClaim(folder, name, maxCrashes, Set.of());
    }
    TaskClaim claim = new TaskClaim(folder, name, maxCrashes, folder.names());
    claim.requireFewCrashes();
    return claim;
  }

  /** Whether a process died with these images in hand. */
  public boolean isUnderSuspicion() {
    return !found.isEmpty();
  }

  /**
   * What an image under suspicion is known for; such an image must not be touched.
   *
   * @throws UserError when it is one crash too many
   */
  public Optional<ImageFailure> known(SourceImage image) {
    String id = CrashJournal.id(image);
    if (found.contains(file(id, FailureClass.TIMEOUT))) {
      kept = true;
      return Optional.of(failure(id, FailureClass.TIMEOUT));
    }
    if (!found.contains(file(id, FailureClass.NATIVE_CRASH)) && !found.contains(note(id, PROOF))) {
      return Optional.empty();
    }
    if (!found.contains(file(id, FailureClass.NATIVE_CRASH))) {
      String last = folder.read(note(id, PROOF)).lines().findFirst().orElse("");
      remember(
          image,
          new ImageFailure(
              FailureClass.NATIVE_CRASH,
              "The process died %d times while it worked on this image alone, the last time %s"
                  .formatted(PROOF, last)));
      requireFewCrashes();
    }
    kept = true;
    return Optional.of(failure(id, FailureClass.NATIVE_CRASH));
  }

  /** Notes that an image under suspicion is worked on, and nothing else is in this process. */
  public void begin(SourceImage image) {
    String id = CrashJournal.id(image);
    String note = note(id, found.contains(note(id, 1)) ? 2 : 1);
    atExit = folder.deletion(note); // of a process that is told to end, which is no crash
    ShutdownHookManager.get().addShutdownHook(atExit, BEFORE_FILE_SYSTEMS);
    folder.write(note, process() + "\n" + image.uri());
  }

  /** Takes back what was noted of the image: the process lives. */
  public void end(SourceImage image) {
    String id = CrashJournal.id(image);
    for (int death = 1; death <= PROOF; death++) {
      folder.delete(note(id, death));
    }
    ShutdownHookManager.get().removeShutdownHook(atExit);
  }

  /** Keeps what an image has done, so that its row is the same if Spark computes it again. */
  public void remember(SourceImage image, ImageFailure failure) {
    String id = CrashJournal.id(image);
    folder.write(file(id, failure.failureClass()), failure.getMessage() + "\n" + image.uri());
    kept = true;
  }

  /** Takes the claim back, unless there is something to know of its images. */
  @Override
  public void close() {
    if (!kept) {
      folder.delete(name);
    }
  }

  private ImageFailure failure(String id, FailureClass failureClass) {
    String message = folder.read(file(id, failureClass)).lines().findFirst().orElse("");
    return new ImageFailure(failureClass, message);
  }

  private void requireFewCrashes() {
    List<String> crashes =
        folder.names().stream()
            .filter(file -> file.endsWith("." + FailureClass.NATIVE_CRASH.label()))
            .sorted()
            .toList();
    if (crashes.size() > maxCrashes) {
      throw new UserError(
          "images that crash native code: %d, more than --max-crashes %d: %s. Take them out of the"
              + " input, or allow more with --max-crashes; what is known of them is in %s",
          crashes.size(),
          maxCrashes,
          crashes.stream().map(this::uri).collect(Collectors.joining(", ")),
          folder.path());
    }
  }

  private String uri(String file) {
    return folder.read(file).lines().skip(1).collect(Collectors.joining("\n"));
  }

  private static String file(String id, FailureClass failureClass) {
    return id + "." + failureClass.label();
  }

  private static String note(String id, int death) {
    return id + NOTE + death;
  }

  private static String process() {
    return "process %d on %s at %s"
        .formatted(
            ProcessHandle.current().pid(), host(), Instant.now().truncatedTo(ChronoUnit.SECONDS));
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "an unnamed host";
    }
  }
}
