/**
 * Who is who across datasets: pieces that {@code dedupe} composes.
 *
 * <p>{@link facelake.step.identity.IdentityList} tells identities apart without their embeddings,
 * and {@link facelake.step.identity.CohortSample} draws those that all are measured against; {@link
 * facelake.step.identity.CleanIdentities} cuts labelled identities into parts that are one person
 * each; {@link facelake.step.identity.NearParts} finds the pairs of parts that could be one person,
 * of which {@link facelake.step.identity.KnownPairs} are kept from run to run; {@link
 * facelake.step.identity.ScoredPairs} scores them beside their {@link
 * facelake.step.identity.Rivals}, {@link facelake.step.identity.PairEvidence} gathers what else
 * speaks for or against them, and {@link facelake.step.identity.GenderIssues} lists faces that look
 * like another gender than their label. The maths of all this is in {@link facelake.match}.
 */
package facelake.step.identity;
