/**
 * Who is who across datasets: pieces that {@code dedupe} composes.
 *
 * <p>{@link facelake.step.identity.IdentityList} tells identities apart without their embeddings,
 * and {@link facelake.step.identity.CohortSample} draws those that all are measured against; {@link
 * facelake.step.identity.CleanIdentities} cuts labelled identities into parts that are one person
 * each; {@link facelake.step.identity.NearParts} finds the pairs of parts that could be one person;
 * {@link facelake.step.identity.ScoredPairs} scores them, {@link
 * facelake.step.identity.PairEvidence} gathers what else speaks for or against them. The maths of
 * all this is in {@link facelake.match}.
 */
package facelake.step.identity;
