package facelake.model;

/**
 * What the store holds of one model.
 *
 * @param spec the model
 * @param status whether it can be used
 * @param detail what is wrong and how to mend it; empty when ready
 */
public record ModelState(ModelSpec spec, Status status, String detail) {

  /** Whether a model can be used. */
  public enum Status {
    /** The file is there and is the right one. */
    READY,
    /** There is no file. */
    MISSING,
    /** The file is not the right one. */
    BROKEN
  }

  static ModelState ready(ModelSpec spec) {
    return new ModelState(spec, Status.READY, "");
  }
}
