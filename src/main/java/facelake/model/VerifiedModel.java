package facelake.model;

/**
 * A model whose bytes were checked.
 *
 * @param spec what the manifest says about it
 * @param sha256 of the bytes, in lower-case hex
 * @param bytes the file's content; not copied, so leave it as it is
 */
public record VerifiedModel(ModelSpec spec, String sha256, byte[] bytes) {
  /**
   * A model of the user's own, in a file that no manifest knows.
   *
   * @param name that the pipeline knows it by
   * @param file its name, for messages
   * @param bytes what is in it
   */
  public static VerifiedModel own(String name, ModelKind kind, String file, byte[] bytes) {
    return new VerifiedModel(ModelSpec.own(name, kind, file), Hashes.sha256(bytes), bytes);
  }
}
