package facelake.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import facelake.Sha256;
import facelake.UserError;
import facelake.spark.WholeFile;
import facelake.table.Lake;
import facelake.table.StorageFault;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run's claim to be the only one that does a certain work on a lake, such as indexing a dataset;
 * closing gives it back.
 *
 * <p>A claim is a file in the lake that says whose it is, beside which its run writes a sign of
 * life every {@link #SIGN_OF_LIFE}. What a killed run has left counts for nothing: on the same
 * machine as soon as its process is gone, on another one {@link #LAPSE} after its last sign of
 * life.
 */
final class RunClaim implements AutoCloseable {
  static final Duration SIGN_OF_LIFE = Duration.ofSeconds(20);
  static final Duration LAPSE = Duration.ofMinutes(2);

  private static final Logger LOG = LoggerFactory.getLogger(RunClaim.class);
  private static final String FOLDER = "_claims";
  private static final String SIGN = ".alive";
  private static final String ASIDE = ".aside";
  private static final Pattern NAME = Pattern.compile("[0-9a-f]{16}");
  private static final int ATTEMPTS = 10;
  private static final int NAME_LENGTH = 16;
  private static final long MILLIS_BETWEEN_ATTEMPTS = 200;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FileSystem files;
  private final Path file;
  private final ClaimHolder holder;
  private final ScheduledExecutorService signs =
      Executors.newSingleThreadScheduledExecutor(RunClaim::daemon);

  private RunClaim(FileSystem files, Path file, ClaimHolder holder) {
    this.files = files;
    this.file = file;
    this.holder = holder;
  }

  /**
   * Claims a work beside which others may go on.
   *
   * @param work in words, such as {@code index of dataset lfw}
   * @throws UserError while another run does the same work, or one that bears no other beside it
   */
  static RunClaim shared(Lake lake, String work, String runId, Configuration hadoop) {
    return take(lake, ClaimHolder.here(work, runId, false), hadoop);
  }

  /**
   * Claims the whole lake.
   *
   * @param work in words, such as {@code forget}
   * @throws UserError while another run is at work on the lake
   */
  static RunClaim exclusive(Lake lake, String work, String runId, Configuration hadoop) {
    return take(lake, ClaimHolder.here(work, runId, true), hadoop);
  }

  /** Takes away what killed runs have left; this one bears no other run beside it. */
  void removeOthers() {
    try {
      for (FileStatus other : files.listStatus(file.getParent())) {
        if (!other.getPath().getName().startsWith(file.getName())) {
          files.delete(other.getPath(), false);
        }
      }
    } catch (IOException e) {
      throw new UserError(
          e, "cannot remove the claims of killed runs in %s: %s", file.getParent(), e.getMessage());
    }
  }

  private static RunClaim take(Lake lake, ClaimHolder holder, Configuration hadoop) {
    Path folder = new Path(lake.path(FOLDER));
    String name =
        Sha256.hex(holder.work().getBytes(StandardCharsets.UTF_8)).substring(0, NAME_LENGTH);
    try {
      FileSystem files = WholeFile.plain(folder.getFileSystem(hadoop));
      RunClaim claim = new RunClaim(files, new Path(folder, name), holder);
      claim.take();
      try {
        claim.requireNoOther();
      } catch (UserError | IOException e) {
        claim.close();
        throw e;
      }
      claim.giveSigns();
      return claim;
    } catch (IOException e) {
      throw StorageFault.in(e)
          .orElseGet(
              () ->
                  new UserError(
                      e,
                      "cannot write in lake %s that %s is at work: %s",
                      lake.root(),
                      holder.work(),
                      e.getMessage()));
    }
  }

  private void take() throws IOException {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      files.mkdirs(file.getParent());
      try {
        create(JSON.writeValueAsBytes(holder));
        return;
      } catch (FileAlreadyExistsException | org.apache.hadoop.fs.FileAlreadyExistsException e) {
        Optional<ClaimHolder> other = read(file);
        if (other.isPresent()) {
          requireDead(other.get(), file);
          remove(other.get().runId());
        } else if (lastSign(file).plus(LAPSE).isBefore(now())) {
          remove(""); // whoever wrote it was killed at that
        } else {
          pause();
        }
      } catch (NoSuchFileException | FileNotFoundException e) {
        LOG.debug("Another run took the empty folder away", e);
      }
    }
    throw new IOException(
        file
            + " is being written by another run; if none is at work, it lapses within %d minutes"
                .formatted(LAPSE.toMinutes()));
  }

  /** Of several that create at once, one does. Hadoop's local files do not promise that. */
  private void create(byte[] content) throws IOException {
    if (files instanceof RawLocalFileSystem) {
      try (OutputStream out = Files.newOutputStream(local(file), StandardOpenOption.CREATE_NEW)) {
        write(content, out);
      }
      return;
    }
    try (OutputStream out = files.create(file, false)) {
      write(content, out);
    }
    // Some object stores let several create: the last one has it.
    if (!isHeld()) {
      throw new FileAlreadyExistsException(file.toString());
    }
  }

  private void write(byte[] content, OutputStream out) throws IOException {
    try {
      out.write(content);
    } catch (IOException e) {
      files.delete(file, false); // no space: nobody could tell whose it is
      throw e;
    }
  }

  /** Takes a dead run's claim away, unless somebody else has put a new one in its place. */
  private void remove(String dead) throws IOException {
    Path aside = file.suffix("." + UUID.randomUUID() + ASIDE);
    if (!files.rename(file, aside)) {
      return;
    }
    if (read(aside).filter(holder -> !holder.runId().equals(dead)).isPresent()) {
      files.rename(aside, file);
    } else {
      files.delete(aside, false);
      files.delete(file.suffix(SIGN), false);
    }
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(MILLIS_BETWEEN_ATTEMPTS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while another run starts");
    }
  }

  /** Both sides have written their claim before they look at those of others. */
  private void requireNoOther() throws IOException {
    for (FileStatus other : claims()) {
      Optional<ClaimHolder> found = read(other.getPath());
      boolean own = other.getPath().getName().equals(file.getName());
      if (!own && found.isPresent() && (holder.exclusive() || found.get().exclusive())) {
        requireDead(found.get(), other.getPath());
      }
    }
  }

  private List<FileStatus> claims() throws IOException {
    List<FileStatus> claims = new ArrayList<>();
    for (FileStatus status : files.listStatus(file.getParent())) {
      if (NAME.matcher(status.getPath().getName()).matches()) {
        claims.add(status);
      }
    }
    return claims;
  }

  private void requireDead(ClaimHolder other, Path claim) throws IOException {
    if (other.isOfThisMachine() && other.isAlive()) {
      throw new UserError(
          "%s is at work on this lake (process %d, since %s); wait until it has ended, or stop it",
          other.work(), other.pid(), other.since());
    }
    Instant lapses = lastSign(claim).plus(LAPSE);
    if (!(other.isOfThisMachine() && other.isGone()) && lapses.isAfter(now())) {
      throw new UserError(
          "%s is at work on this lake (process %d on %s, since %s); wait until it has ended, or"
              + " stop it. If it was killed, its claim lapses at %s",
          other.work(), other.pid(), other.host(), other.since(), lapses);
    }
  }

  private Instant lastSign(Path claim) throws IOException {
    return max(lastWritten(claim), lastWritten(claim.suffix(SIGN)));
  }

  private static Instant max(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  private Instant lastWritten(Path path) throws IOException {
    try {
      return Instant.ofEpochMilli(files.getFileStatus(path).getModificationTime());
    } catch (FileNotFoundException e) {
      return Instant.EPOCH; // not yet there, or given back meanwhile
    }
  }

  /** By the clock of the storage, which is that of the signs of life. */
  private Instant now() throws IOException {
    Path probe = file.suffix("." + UUID.randomUUID() + SIGN);
    try {
      files.create(probe, false).close();
      return lastWritten(probe);
    } finally {
      files.delete(probe, false);
    }
  }

  /** Nothing where there is no such file, or one that is being written. */
  private Optional<ClaimHolder> read(Path claim) throws IOException {
    try (var in = files.open(claim)) {
      return Optional.of(JSON.readValue(in.readAllBytes(), ClaimHolder.class));
    } catch (FileNotFoundException | JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private void giveSigns() {
    long millis = SIGN_OF_LIFE.toMillis();
    signs.scheduleWithFixedDelay(this::giveSign, millis, millis, TimeUnit.MILLISECONDS);
  }

  private void giveSign() {
    try {
      if (isHeld()) {
        files.create(file.suffix(SIGN), true).close();
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("Could not renew the claim of {} in {}: {}", holder.work(), file, e.toString());
    }
  }

  /** The claim, also where another run is just putting its own in its place. */
  private Optional<ClaimHolder> readAtLast() throws IOException {
    Optional<ClaimHolder> found = read(file);
    for (int attempt = 1; found.isEmpty() && attempt < ATTEMPTS; attempt++) {
      pause();
      found = read(file);
    }
    return found;
  }

  private boolean isHeld() throws IOException {
    return read(file).filter(this::isThis).isPresent();
  }

  private boolean isThis(ClaimHolder found) {
    return found.runId().equals(holder.runId());
  }

  /**
   * Makes sure that the work is still this run's, which it is not when this machine stood still for
   * so long that another run took it over, or when the lake is no longer there.
   *
   * @throws UserError when it is not
   */
  void requireHeld() {
    try {
      Optional<ClaimHolder> found = readAtLast();
      if (found.isEmpty()) {
        throw new UserError(
            "%s is gone, which said that this run is at work: the storage of the lake is away, or"
                + " somebody removed the file; what was committed stays, run the command again once"
                + " the lake is there",
            file);
      }
      if (!isThis(found.get())) {
        throw new UserError(
            "this run gave no sign of life for longer than %d minutes, and another one has taken"
                + " over %s; what this one has committed stays, run the command again when the other"
                + " has ended",
            LAPSE.toMinutes(), holder.work());
      }
    } catch (IOException e) {
      throw StorageFault.in(e)
          .orElseGet(() -> new UserError(e, "cannot read %s: %s", file, e.getMessage()));
    }
  }

  @Override
  public void close() {
    signs.shutdownNow();
    try {
      signs.awaitTermination(SIGN_OF_LIFE.toSeconds(), TimeUnit.SECONDS);
      if (isHeld()) {
        files.delete(file.suffix(SIGN), false);
        files.delete(file, false);
      }
      removeIfEmpty(file.getParent());
    } catch (IOException e) {
      LOG.debug("The claim {} stays, and lapses", file, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Hadoop's local files would look first and then delete, with what came in between. */
  private void removeIfEmpty(Path folder) throws IOException {
    if (files instanceof RawLocalFileSystem) {
      try {
        Files.delete(local(folder));
      } catch (DirectoryNotEmptyException e) {
        LOG.debug("Others are at work", e);
      }
    } else if (files.listStatus(folder).length == 0) {
      files.delete(folder, false);
    }
  }

  private static java.nio.file.Path local(Path path) {
    return java.nio.file.Path.of(path.toUri().getPath());
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "claim");
    thread.setDaemon(true);
    return thread;
  }
}
