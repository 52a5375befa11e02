package facelake.job;

import facelake.eval.PairSample;

/**
 * Pairs of faces of one embedder, of all people or of those of a group.
 *
 * @param embedder as in {@code faces.embedder}
 * @param kind of the group; empty for all
 * @param group its name; empty for all
 * @param faces that are compared
 * @param people that they show
 * @param pairs their distances
 */
record SampledPairs(
    String embedder, String kind, String group, long faces, long people, PairSample pairs) {}
