/**
 * Fits classifiers to embeddings by Spark's MLlib: {@link facelake.step.train.LogisticFit} one,
 * {@link facelake.step.train.CrossFit} one for each part of the data that it is then asked about.
 */
package facelake.step.train;
