/**
 * Plain maths and logic on embeddings, perceptual hashes and decisions: which faces are near, which
 * photos are copies, and who is who.
 *
 * <p>Faces: {@link facelake.match.PairScan} finds every pair under a distance, {@link
 * facelake.match.PhotoRule} keeps two faces of one photo apart. Photos: {@link
 * facelake.match.HashIndex} finds every pair of near hashes, {@link facelake.match.CopyRule} tells
 * copies among them. Names: {@link facelake.match.NamingRule} says whom a face shows by the gallery
 * faces near it. People's words: {@link facelake.match.Decisions} says which of their decisions
 * hold and which contradict each other. Nothing here knows Spark or tables: embeddings arrive as
 * {@code float[]}, results leave as primitive arrays, and the same input gives the same output on
 * every machine.
 */
package facelake.match;
