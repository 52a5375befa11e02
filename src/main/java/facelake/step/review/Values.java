package facelake.step.review;

import java.util.LinkedHashMap;
import java.util.Map;

/** Named values in the order in which they are told, as they become JSON. */
final class Values {
  private Values() {}

  /**
   * Values under names.
   *
   * @param namesAndValues a name, its value, and so on; without the names whose value is null
   */
  static Map<String, Object> of(Object... namesAndValues) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      if (namesAndValues[i + 1] != null) {
        values.put((String) namesAndValues[i], namesAndValues[i + 1]);
      }
    }
    return values;
  }
}
