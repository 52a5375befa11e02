package facelake.match;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is kept of a gallery for one face: the nearest {@value #FACES} gallery faces, and the
 * nearest one of each of the nearest {@value #PEOPLE} people.
 *
 * <p>What is kept of two galleries together follows from what is kept of each, so that a gallery
 * may be looked through in pieces, in any order, and today's piece be added to yesterday's answer.
 * When a gallery face is taken away that is not among the kept, they stay as they are. The table
 * {@code tags} holds what was kept by these numbers: with others it has to be made anew.
 */
public final class Neighbours {
  /** Faces that are kept whomever they show; as many see past a wrong label or two. */
  public static final int FACES = 5;

  /** People of whom a face is kept. */
  public static final int PEOPLE = 10;

  private Neighbours() {}

  /** Those of some gallery faces that are kept, the nearest first. */
  public static List<Neighbour> nearest(Collection<Neighbour> some) {
    List<Neighbour> kept = new ArrayList<>();
    Set<String> people = new HashSet<>();
    int place = 0;
    for (Neighbour neighbour : some.stream().sorted().toList()) {
      boolean first = people.size() < PEOPLE && people.add(neighbour.name());
      if (first || place < FACES) {
        kept.add(neighbour);
      }
      place++;
    }
    return kept;
  }

  /**
   * Gallery faces at this distance or farther are not kept.
   *
   * @param kept those that {@link #nearest} gives
   * @param people that the gallery has
   */
  public static float radius(List<Neighbour> kept, int people) {
    long met = kept.stream().map(Neighbour::name).distinct().count();
    boolean full = kept.size() >= FACES && met >= Math.min(PEOPLE, people);
    // One step on: what is as far as the last one is kept where its id is smaller.
    return full ? Math.nextUp(kept.get(kept.size() - 1).distance()) : Float.POSITIVE_INFINITY;
  }
}
