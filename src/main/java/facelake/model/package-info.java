/**
 * Model files: what there is, where it comes from, and whether the file at hand is the right one.
 *
 * <p>{@link facelake.model.Manifest} knows every model by name. {@link facelake.model.ModelStore}
 * reads a model from the user's cache and hands out its bytes only after their length and sha256
 * were checked: use it wherever a model is needed. {@link facelake.model.ModelFetcher} fills the
 * store: use it where the user asks for a download. Neither knows what the bytes mean.
 */
package facelake.model;
