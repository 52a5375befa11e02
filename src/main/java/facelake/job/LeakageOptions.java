package facelake.job;

import facelake.UserError;
import facelake.table.Lake;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What {@link LeakageJob} is asked.
 *
 * @param lake the lake, which is only read
 * @param train datasets that a model is trained on
 * @param test datasets that it is tested on
 * @param scope the people, a value of {@code people.scope}
 * @param out a new file for the list, on any file system
 */
public record LeakageOptions(
    Lake lake, List<String> train, List<String> test, String scope, Optional<String> out) {
  /** Takes copies, each name once and sorted, and checks that the sides are apart. */
  public LeakageOptions {
    train = List.copyOf(new TreeSet<>(train));
    test = List.copyOf(new TreeSet<>(test));
    for (String name : train) {
      if (test.contains(name)) {
        throw new UserError(
            "dataset %s stands in --train and in --test; name each on one side", name);
      }
    }
  }
}
