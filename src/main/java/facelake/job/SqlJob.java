package facelake.job;

import facelake.UserError;
import facelake.table.Lake;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry;
import org.apache.spark.sql.catalyst.parser.ParserInterface;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.ParsedStatement;
import org.apache.spark.sql.catalyst.plans.logical.ScriptTransformation;
import org.apache.spark.sql.internal.SessionState;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Answers a question about a lake: its Delta tables, the known ones and any other, are views for
 * one SQL statement that only reads.
 *
 * <p>In: the tables of a lake and a statement. Out: its rows.
 *
 * <pre>{@code
 * jobs/facelake sql "SELECT dataset, count(*) FROM faces GROUP BY dataset" --lake lake
 * }</pre>
 */
public final class SqlJob {
  /** How Spark's names of statements begin that are no queries and yet only read. */
  private static final List<String> READING = List.of("Describe", "Show", "Explain");

  /** Functions that call any Java method, {@code System.exit} among them. */
  private static final List<String> CALLING_JAVA = List.of("reflect", "java_method", "try_reflect");

  private final SparkSession spark;
  private final Options options;

  /**
   * What to ask.
   *
   * @param lake whose tables are meant
   * @param query one SQL statement, in Spark's dialect
   */
  public record Options(Lake lake, String query) {}

  /** A job in a session of its own, so that its views stand in nobody's way. */
  public SqlJob(SparkSession spark, Options options) {
    this.spark = spark.newSession();
    FunctionRegistry functions =
        ((org.apache.spark.sql.classic.SparkSession) this.spark).sessionState().functionRegistry();
    CALLING_JAVA.forEach(name -> functions.dropFunction(new FunctionIdentifier(name)));
    this.options = options;
  }

  /**
   * The rows of the answer, not yet computed. What computing them can still throw, such as a
   * division by zero, {@link SqlMistake} puts into words.
   *
   * @throws UserError when the lake has no tables, or the statement is wrong or would write
   */
  public Dataset<Row> execute() {
    List<String> tables = tables();
    boolean listing = mentions("show");
    tables.stream().filter(table -> listing || mentions(table)).forEach(this::registerView);
    spark.sparkContext().setJobDescription("sql on " + options.lake().root());
    try {
      requireReading();
      return spark.sql(options.query());
    } catch (Exception e) { // Spark's checked exceptions come undeclared from Scala
      throw SqlMistake.in(e, hint(e, tables));
    }
  }

  private List<String> tables() {
    List<String> tables = options.lake().tables(spark.sparkContext().hadoopConfiguration());
    if (tables.isEmpty()) {
      throw new UserError(
          "there are no tables in lake %s; name the folder that jobs/facelake index wrote to with"
              + " --lake",
          options.lake().root());
    }
    return tables;
  }

  private void registerView(String table) {
    spark
        .read()
        .format("delta")
        .load(options.lake().path(table))
        .createOrReplaceTempView(quoted(table));
  }

  private void requireReading() throws Exception {
    SessionState state = ((org.apache.spark.sql.classic.SparkSession) spark).sessionState();
    LogicalPlan parsed = state.sqlParser().parsePlan(options.query());
    boolean reads =
        READING.stream().anyMatch(parsed.nodeName()::startsWith)
            || !parsed.exists(SqlJob::acts) && isQuery(state.sqlParser());
    if (!reads) {
      throw new UserError(
          "sql only reads a lake, and %s does more than that; ask with SELECT, DESCRIBE, SHOW or"
              + " EXPLAIN",
          options.query().strip().split("\\W", 2)[0].toUpperCase(Locale.ROOT));
    }
  }

  private static boolean acts(LogicalPlan node) {
    return node instanceof Command
        || node instanceof ParsedStatement
        || node instanceof ScriptTransformation
        || within(node).anyMatch(plan -> plan.exists(SqlJob::acts));
  }

  /** Queries in a node that are not its children: in expressions, and after WITH. */
  private static Stream<LogicalPlan> within(LogicalPlan node) {
    return Stream.concat(
            CollectionConverters.asJava(node.subqueries()).stream(),
            CollectionConverters.asJava(node.innerChildren()).stream())
        .filter(LogicalPlan.class::isInstance)
        .map(LogicalPlan.class::cast);
  }

  /** Whether the grammar's rule for queries, in which nothing can write, takes the statement. */
  private boolean isQuery(ParserInterface parser) {
    try {
      parser.parseQuery(options.query().replaceFirst("[;\\s]+$", ""));
      return true;
    } catch (Exception e) { // a ParseException, undeclared
      return false;
    }
  }

  private String hint(Exception e, List<String> tables) {
    StringBuilder hint = new StringBuilder("tables of this lake: " + String.join(", ", tables));
    if (e instanceof AnalysisException mistake
        && mistake.getCondition() != null
        && mistake.getCondition().startsWith("UNRESOLVED_COLUMN")) {
      tables.stream()
          .filter(this::mentions)
          .forEach(
              table ->
                  hint.append(
                      "\ncolumns of %s: %s"
                          .formatted(
                              table, String.join(", ", spark.table(quoted(table)).columns()))));
    }
    return hint.toString();
  }

  /** Whether a table may be meant; opening one that is not costs a second. */
  private boolean mentions(String word) {
    return options.query().toLowerCase(Locale.ROOT).contains(word.toLowerCase(Locale.ROOT));
  }

  private static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }
}
