/**
 * How good an answer is, measured against a known truth.
 *
 * <p>Use {@link facelake.eval.Proportion} for a share with its uncertainty, {@link
 * facelake.eval.PrecisionRecall} for a list of findings, {@link facelake.eval.ClusterScores} for
 * groups, and {@link facelake.eval.RankedPairs} for pairs with scores before a threshold is chosen.
 * {@link facelake.eval.DedupeScores} applies them to what is known of planted datasets, {@link
 * facelake.eval.PlantedTruth}, and {@link facelake.eval.MatchRanking} and {@link
 * facelake.eval.JudgedFaces} list what is right and wrong one by one. What people know better than
 * labels is read by {@link facelake.eval.KnownPeople}. Plain maths on numbers: nothing here knows
 * Spark or tables.
 */
package facelake.eval;
