package facelake.step.train;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log1p;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;

/**
 * Asks of each row a classifier that was fitted to the rows of all other folds: what it says of it
 * is what it would say of a row that it has never seen.
 */
public final class CrossFit {
  /** The column that says which fold a row is in, an integer from 0. */
  public static final String FOLD = "fold";

  /** What the classifier of the others says of a row: the log odds of class 1. */
  public static final String LOG_ODDS = "log_odds";

  private CrossFit() {}

  /**
   * The rows with {@link #LOG_ODDS}.
   *
   * @param rows with the columns of {@link LogisticFit} and {@link #FOLD}
   * @param folds 2 or more; each needs rows of both classes outside it
   * @param regularisation of each fit
   */
  public static Dataset<Row> scored(Dataset<Row> rows, int folds, double regularisation) {
    LogisticFit[] fits = new LogisticFit[folds];
    for (int fold = 0; fold < folds; fold++) {
      fits[fold] = LogisticFit.of(rows.where(col(FOLD).notEqual(fold)), regularisation);
    }
    UDF2<Integer, Vector, Double> logOdds =
        (fold, features) -> fits[fold].logOdds(features.toArray());
    return rows.withColumn(
        LOG_ODDS, udf(logOdds, DataTypes.DoubleType).apply(col(FOLD), col(LogisticFit.FEATURES)));
  }

  /** The weighted mean of log loss, in nats: how well probabilities fit what is true. */
  public static double logLoss(Dataset<Row> scored) {
    Column against =
        when(col(LogisticFit.LABEL).equalTo(1), col(LOG_ODDS).multiply(-1))
            .otherwise(col(LOG_ODDS));
    // log(1 + e^x), without overflow
    Column loss = greatest(against, lit(0)).plus(log1p(exp(abs(against).multiply(-1))));
    Column weight = col(LogisticFit.WEIGHT);
    return scored.agg(sum(weight.multiply(loss)).divide(sum(weight))).head().getDouble(0);
  }
}
