package facelake.step.train;

import java.io.Serializable;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A weighted sum whose logistic function is the probability of class 1.
 *
 * @param weights one for each feature
 * @param bias added to the sum
 */
public record LogisticFit(double[] weights, double bias) implements Serializable {
  /** The columns of training rows: a vector, the class (0 or 1), and how much the row counts. */
  public static final String FEATURES = "features";

  public static final String LABEL = "label";
  public static final String WEIGHT = "weight";

  private static final int MOST_ITERATIONS = 200;

  /**
   * The sum that makes weighted log loss plus a penalty least: half the squares of the weights,
   * each of a feature scaled to deviation 1, times {@code regularisation}.
   *
   * @param rows with the columns of this class; cache them, they are read some fifty times
   * @param regularisation 0 or more
   */
  public static LogisticFit of(Dataset<Row> rows, double regularisation) {
    LogisticRegressionModel fitted =
        new LogisticRegression()
            .setFeaturesCol(FEATURES)
            .setLabelCol(LABEL)
            .setWeightCol(WEIGHT)
            .setRegParam(regularisation)
            .setMaxIter(MOST_ITERATIONS)
            .fit(rows);
    return new LogisticFit(fitted.coefficients().toArray(), fitted.intercept());
  }

  /** The sum for one row: the log odds of class 1. */
  double logOdds(double[] features) {
    double sum = bias;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i] * features[i];
    }
    return sum;
  }

  /** The sum whose value is this one's through another, of one feature. */
  public LogisticFit through(LogisticFit other) {
    double factor = other.weights[0];
    double[] scaled = new double[weights.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = factor * weights[i];
    }
    return new LogisticFit(scaled, factor * bias + other.bias);
  }
}
