package facelake.job;

import facelake.UserError;
import facelake.table.StorageFault;
import java.io.FileNotFoundException;
import java.util.Optional;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.catalyst.parser.ParseException;

/** Tells mistakes in a SQL statement from faults of the program, and puts them into words. */
public final class SqlMistake {
  private SqlMistake() {}

  /**
   * What to throw for an exception of Spark: a {@link UserError} where the statement or the data
   * are at fault, as Spark's error classes tell, and otherwise the exception itself.
   *
   * @param hint a line that helps to mend the statement, or an empty text
   */
  public static RuntimeException in(Exception e, String hint) {
    Optional<UserError> fault = StorageFault.in(e);
    if (fault.isPresent()) {
      return fault.get();
    }
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (isMistake(cause)) {
        return new UserError(e, "%s", (words(cause) + "\n" + hint).strip());
      }
    }
    return e instanceof RuntimeException same ? same : new IllegalStateException(e);
  }

  private static boolean isMistake(Throwable e) {
    if (e instanceof SparkThrowable spark) {
      return spark.getCondition() != null && !spark.getCondition().startsWith("INTERNAL_ERROR");
    }
    return e instanceof FileNotFoundException; // the statement names a path
  }

  private static String words(Throwable e) {
    if (e instanceof ParseException) {
      return e.getMessage().strip(); // shows the place in the statement
    }
    String message = e instanceof AnalysisException a ? a.getSimpleMessage() : e.getMessage();
    return message.strip().lines().findFirst().orElse("");
  }
}
