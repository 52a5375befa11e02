/**
 * How good an answer is, measured against a known truth.
 *
 * <p>Use {@link facelake.eval.Proportion} for a share with its uncertainty, {@link
 * facelake.eval.PrecisionRecall} for a list of findings, {@link facelake.eval.ClusterScores} for
 * groups, and {@link facelake.eval.RankedPairs} for pairs with scores before a threshold is chosen.
 * {@link facelake.eval.DedupeScores} applies them to what is known of planted datasets, {@link
 * facelake.eval.PlantedTruth}, and {@link facelake.eval.MatchRanking} and {@link
 * facelake.eval.JudgedFaces} list what is right and wrong one by one. What people know better than
 * labels is read by {@link facelake.eval.KnownPeople}. {@link facelake.eval.VerificationScores} and
 * {@link facelake.eval.ErrorRates} are about pairs of images, {@link facelake.eval.Calibration}
 * about the threshold for a wanted error, whose pairs depend on each other ({@link
 * facelake.eval.PairSample}), and {@link facelake.eval.GenderScores} about gender labels. Plain
 * maths on numbers: nothing here knows Spark or tables.
 */
package facelake.eval;
