package facelake.job;

import facelake.table.TableByName;
import java.util.List;

/**
 * What {@link MaintainJob} came to.
 *
 * @param tables the tables of the lake by name
 * @param seconds how long it took
 */
public record MaintainResult(List<Table> tables, double seconds) {
  /** Takes a copy of the list. */
  public MaintainResult {
    tables = List.copyOf(tables);
  }

  /**
   * One table.
   *
   * @param name its name
   * @param before its current version as it was
   * @param after its current version as it is
   * @param diskBefore bytes of its folder before: older versions and the log, too
   * @param diskAfter bytes of its folder after
   */
  public record Table(
      String name,
      TableByName.Size before,
      TableByName.Size after,
      long diskBefore,
      long diskAfter) {}
}
