package facelake.model;

import java.util.List;
import java.util.Optional;

/**
 * What the manifest says about one model.
 *
 * @param name the name that commands take, such as {@code resnet-v1}
 * @param file the file's name, decompressed
 * @param kind what the model does
 * @param bytes the file's length, null where unknown
 * @param sha256 of the file in lower-case hex, null where unknown
 * @param bz2Sha256 sha256 of the published {@code .bz2}, null where unknown
 * @param bz2GitBlob git's object id of the published {@code .bz2}, null where unknown
 * @param input what the model looks at
 * @param threshold the Euclidean distance below which two faces are one person by the author's
 *     choice; null for a model that does not embed
 * @param author who trained it
 * @param licence in short
 * @param notFor what it must not be used for
 * @param sources where to get it, best first
 * @param note anything else worth knowing
 */
public record ModelSpec(
    String name,
    String file,
    ModelKind kind,
    Long bytes,
    String sha256,
    String bz2Sha256,
    String bz2GitBlob,
    String input,
    Double threshold,
    String author,
    String licence,
    List<String> notFor,
    List<ModelSource> sources,
    String note) {

  public ModelSpec {
    notFor = List.copyOf(notFor);
    sources = List.copyOf(sources);
  }

  /** Of a file that a user made. */
  static ModelSpec own(String name, ModelKind kind, String file) {
    return new ModelSpec(
        name, file, kind, null, null, null, null, null, null, null, null, List.of(), List.of(),
        null);
  }

  /** Where a source of this kind has the model. */
  public Optional<String> at(ModelSource.Kind kind) {
    return sources.stream().filter(s -> s.kind() == kind).map(ModelSource::at).findFirst();
  }

  /** True when facelake carries the model itself. */
  boolean isBundled() {
    return at(ModelSource.Kind.BUNDLED).isPresent();
  }

  /** True when {@link ModelFetcher} can get the model without the user's help. */
  public boolean isFetchable() {
    return sources.stream().anyMatch(s -> s.kind() != ModelSource.Kind.BY_HAND);
  }

  /** The command that gets the model. */
  String fetchCommand() {
    return "jobs/facelake models fetch " + name + (isFetchable() ? "" : " --from DIR");
  }

  /** The link that a person can download the model from. */
  Optional<String> download() {
    return at(ModelSource.Kind.DLIB_NET).or(() -> at(ModelSource.Kind.BY_HAND));
  }
}
