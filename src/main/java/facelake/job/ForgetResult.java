package facelake.job;

import java.util.List;
import java.util.SortedMap;

/**
 * What {@link ForgetJob} did, in numbers.
 *
 * @param plan what it set out to do
 * @param purged tables that have no history any more
 * @param folders what went from sites and exports
 * @param searched files that were read again in the end, by where they are: the lake, a folder
 * @param left where something of the person still stands
 */
public record ForgetResult(
    ForgetPlan plan,
    List<String> purged,
    List<ForgetFolder.Found> folders,
    SortedMap<String, Long> searched,
    List<String> left,
    double seconds) {

  /** Rows that went, by table. */
  public SortedMap<String, Long> rows() {
    return plan.rows();
  }

  /** Folders of which it is not known whether something is left. */
  public List<ForgetFolder.Found> unproven() {
    return folders.stream().filter(folder -> folder.problem() != null).toList();
  }

  /** Whether everything was read and nothing is left. */
  public boolean isProven() {
    return left.isEmpty() && unproven().isEmpty();
  }
}
