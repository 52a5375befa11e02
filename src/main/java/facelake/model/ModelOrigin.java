package facelake.model;

import java.util.List;
import java.util.Map;

/** One place that may hold model files. */
interface ModelOrigin {
  /** The place, for messages. */
  String label();

  /**
   * Installs those of the wanted models that the place has.
   *
   * @return for each of the others, why it did not come from here
   */
  Map<ModelSpec, String> deliver(List<ModelSpec> wanted, ModelInstaller installer);
}
