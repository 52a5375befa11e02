/**
 * Who is who across datasets: pieces that {@code dedupe} composes.
 *
 * <p>{@link facelake.step.identity.CleanIdentities} cuts each labelled identity into parts that are
 * one person each; {@link facelake.step.identity.NearParts} finds the pairs of parts that could be
 * one person; {@link facelake.step.identity.ScoredPairs} scores them, {@link
 * facelake.step.identity.PairEvidence} gathers what else speaks for or against them. The maths of
 * all this is in {@link facelake.match}.
 */
package facelake.step.identity;
