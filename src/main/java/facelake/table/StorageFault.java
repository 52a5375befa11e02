package facelake.table;

import facelake.UserError;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.BindException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.security.AccessControlException;
import org.apache.spark.SparkThrowable;

/**
 * Puts into words what is no fault of the program but of the storage: a full disk, a folder that
 * may not be written, a connection that was lost, a table that is damaged or too new.
 */
public final class StorageFault {
  private static final String STAYS =
      "What was committed stays and can be read, and the same command goes on from there";

  private static final String MEND =
      "if another command was at work on the lake, run this one again; else put the folder of the"
          + " table back from a copy, or, without one, see 'A damaged table' in docs/reliability.md";

  /** Delta's names of the errors of a log that lacks a part or contradicts itself. */
  private static final List<String> OF_LOG =
      List.of(
          "DELTA_CHECKPOINT",
          "DELTA_LOG_FILE",
          "DELTA_MISSING_PART_FILES",
          "DELTA_STATE_RECOVER",
          "DELTA_TABLE_NOT_FOUND",
          "DELTA_TRUNCATED_TRANSACTION_LOG",
          "DELTA_VERSIONS_NOT_CONTIGUOUS");

  private static final List<String> OF_PROTOCOL =
      List.of("DELTA_UNSUPPORTED_FEATURES", "DELTA_INVALID_PROTOCOL", "DELTA_FEATURES_PROTOCOL");

  /** A file of a table, below the folders of its partitions or in its log. */
  private static final Pattern TABLE_FILE =
      Pattern.compile("(.*?)/(_delta_log/.*|([^/=]+=[^/]*/)*[^/]+)");

  private StorageFault() {}

  /** What to tell the user instead of an exception, where the storage is at fault. */
  public static Optional<UserError> in(Throwable failure) {
    List<Throwable> causes = Stream.iterate(failure, e -> e != null, Throwable::getCause).toList();
    return Stream.<Stream<UserError>>of(
            found(causes, e -> says(e, "No space left on device")).map(StorageFault::full),
            found(causes, StorageFault::isRefusal).map(StorageFault::refused),
            found(causes, StorageFault::isLostConnection).map(StorageFault::lost),
            found(causes, e -> isOf(OF_PROTOCOL, e)).map(StorageFault::tooNew),
            found(causes, e -> isOf(OF_LOG, e)).map(StorageFault::damagedLog),
            found(causes, e -> isOf(List.of("FAILED_READ_FILE"), e)).map(StorageFault::damagedFile),
            found(causes, StorageFault::isOfVanishedTable).map(StorageFault::vanished))
        .flatMap(each -> each)
        .findFirst();
  }

  private static Stream<Throwable> found(List<Throwable> causes, Predicate<Throwable> kind) {
    return causes.stream().filter(kind).limit(1);
  }

  private static boolean says(Throwable e, String text) {
    return e.getMessage() != null && e.getMessage().contains(text);
  }

  private static boolean isRefusal(Throwable e) {
    return e instanceof AccessDeniedException
        || e instanceof AccessControlException
        || e instanceof ReadOnlyFileSystemException
        || e instanceof IOException
            && (says(e, "Read-only file system") || says(e, "Permission denied"));
  }

  private static boolean isLostConnection(Throwable e) {
    return e instanceof SocketException && !(e instanceof BindException)
        || e instanceof SocketTimeoutException
        || e instanceof UnknownHostException;
  }

  /** A file or folder that a run has just made in a table. */
  private static boolean isOfVanishedTable(Throwable e) {
    return (e instanceof FileNotFoundException || e instanceof NoSuchFileException)
        && (says(e, "/_delta_log/") || says(e, ".parquet"));
  }

  private static boolean isOf(List<String> conditions, Throwable e) {
    return e instanceof SparkThrowable spark
        && spark.getCondition() != null
        && conditions.stream().anyMatch(spark.getCondition()::startsWith);
  }

  private static UserError full(Throwable e) {
    return new UserError(
        e,
        "no space is left on the disk of the lake, or on that of temporary files (TMPDIR, now %s):"
            + " %s. %s; make room and run it again",
        System.getProperty("java.io.tmpdir"),
        line(e),
        STAYS);
  }

  private static UserError refused(Throwable e) {
    return new UserError(
        e, "the storage refuses: %s. %s, once this user may read and write there", line(e), STAYS);
  }

  private static UserError lost(Throwable e) {
    return new UserError(
        e,
        "the connection to the storage was lost: %s. %s, once it is there again",
        line(e),
        STAYS);
  }

  private static UserError vanished(Throwable e) {
    return new UserError(
        e,
        "a file is gone while it was written or read, as when the storage of the lake is away or"
            + " another program removes files there: %s. %s, once it is there again",
        line(e),
        STAYS);
  }

  private static UserError tooNew(Throwable e) {
    return new UserError(
        e,
        "a newer Delta has written this table, or a tool has changed it: %s. Read it with the"
            + " facelake that wrote it, or a newer one (docs/upgrading.md)",
        line(e));
  }

  private static UserError damagedLog(Throwable e) {
    return new UserError(e, "the log of a table is damaged: %s; %s", line(e), MEND);
  }

  private static UserError damagedFile(Throwable e) {
    String path =
        ((SparkThrowable) e)
            .getMessageParameters()
            .getOrDefault("path", "")
            .replaceFirst("^file:/+", "file:/");
    Matcher file = TABLE_FILE.matcher(path);
    return file.matches()
        ? new UserError(
            e, "table %s is damaged: %s is gone or cannot be read; %s", file.group(1), path, MEND)
        : new UserError(e, "a table is damaged: %s; %s", line(e), MEND);
  }

  private static String line(Throwable e) {
    String message = e.getMessage();
    String line = message == null ? "" : message.lines().findFirst().orElse("").strip();
    return line.isEmpty() ? e.getClass().getSimpleName() : line.replaceFirst("[.;]$", "");
  }
}
