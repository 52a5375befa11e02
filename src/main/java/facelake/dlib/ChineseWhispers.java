package facelake.dlib;

import facelake.dlib.bindings.Dlib;

/**
 * dlib's Chinese whispers (Biemann 2006): clusters the nodes of a graph without being told how many
 * clusters there are. Edges have no weight and every node is joined with itself, as in dlib's
 * example for faces.
 */
public final class ChineseWhispers {
  private ChineseWhispers() {}

  /**
   * Labels each node with the number of its cluster.
   *
   * @param nodes how many nodes there are
   * @param edges two node numbers, from 0, for each undirected edge; their order is part of the
   *     input
   * @param seed the same seed and input give the same labels; 0 is dlib's own default
   * @return {@code nodes} labels, from 0 without gaps
   */
  public static int[] labels(int nodes, int[] edges, long seed) {
    if (edges.length % 2 != 0) {
      throw new IllegalArgumentException(
          "edges are pairs of nodes, but there are " + edges.length + " numbers");
    }
    int[] labels = new int[nodes];
    if (nodes > 0) {
      DlibLibrary.load();
      NativeHandle.translated(
          "Chinese whispers",
          nodes + " nodes",
          () -> Dlib.chinese_whispers(nodes, edges, edges.length / 2, seed, labels));
    }
    return labels;
  }
}
