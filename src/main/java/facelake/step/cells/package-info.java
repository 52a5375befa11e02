/**
 * Near pairs among more embeddings than can all be compared: an inverted file.
 *
 * <p>{@link facelake.step.cells.CellPairs} compares an embedding with those in the cells nearest to
 * it only, and measures on a sample how many pairs that finds. Cells themselves are {@link
 * facelake.match.Cells}.
 */
package facelake.step.cells;
