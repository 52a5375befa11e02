package facelake.model;

/**
 * A model whose bytes were checked.
 *
 * @param spec what the manifest says about it
 * @param sha256 of the bytes, in lower-case hex
 * @param bytes the file's content; not copied, so leave it as it is
 */
public record VerifiedModel(ModelSpec spec, String sha256, byte[] bytes) {}
