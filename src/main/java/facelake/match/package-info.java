/**
 * Plain maths on embeddings: which faces are near, and which of the near ones make a person. And
 * plain logic on what people decided: {@link facelake.match.Decisions} says which of their
 * decisions hold and which contradict each other.
 *
 * <p>Use {@link facelake.match.PairScan} to find every pair of faces under a distance, {@link
 * facelake.match.PhotoRule} to keep two faces of one photo apart, and {@link
 * facelake.match.PersonId} to name the people that come out. Nothing here knows Spark or tables:
 * embeddings arrive as {@code float[]}, results leave as primitive arrays, and the same input gives
 * the same output on every machine.
 */
package facelake.match;
