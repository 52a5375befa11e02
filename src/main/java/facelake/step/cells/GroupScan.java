package facelake.step.cells;

import facelake.match.PairScan;
import facelake.step.Iterators;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;

/** Compares the items that visit groups of cells with those that lie there, group by group. */
final class GroupScan {
  private final PairScan scan;

  GroupScan(PairScan scan) {
    this.scan = scan;
  }

  /**
   * The near pairs.
   *
   * @param visits by group, and in a group those that lie in it first, by their cell
   */
  Iterator<Row> near(Iterator<Visit> visits) {
    Ahead ahead = new Ahead(visits);
    Iterator<CellGroup> groups =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return ahead.hasNext();
          }

          @Override
          public CellGroup next() {
            return group(ahead);
          }
        };
    return Iterators.flatMap(groups, group -> Iterators.flatMap(group, near -> near));
  }

  private CellGroup group(Ahead ahead) {
    int group = ahead.peek().group();
    List<Visit> homes = new ArrayList<>();
    while (ahead.isAt(group) && ahead.peek().isHome()) {
      homes.add(ahead.next());
    }
    Iterator<Visit> visitors =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return ahead.isAt(group);
          }

          @Override
          public Visit next() {
            return ahead.next();
          }
        };
    return new CellGroup(scan, homes, visitors);
  }

  /** Visits of which the next one can be looked at. */
  private static final class Ahead {
    private final Iterator<Visit> visits;
    private Visit next;

    Ahead(Iterator<Visit> visits) {
      this.visits = visits;
      next = visits.hasNext() ? visits.next() : null;
    }

    boolean hasNext() {
      return next != null;
    }

    boolean isAt(int group) {
      return next != null && next.group() == group;
    }

    Visit peek() {
      if (next == null) {
        throw new NoSuchElementException();
      }
      return next;
    }

    Visit next() {
      Visit taken = peek();
      next = visits.hasNext() ? visits.next() : null;
      return taken;
    }
  }
}
