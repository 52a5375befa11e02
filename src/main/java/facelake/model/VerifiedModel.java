package facelake.model;

import facelake.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

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
   * @throws UserError if the file cannot be read
   */
  public static VerifiedModel own(String name, ModelKind kind, Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      ModelSpec spec = ModelSpec.own(name, kind, file.getFileName().toString());
      return new VerifiedModel(spec, Hashes.sha256(bytes), bytes);
    } catch (NoSuchFileException e) {
      throw new UserError(e, "there is no file %s", file);
    } catch (IOException e) {
      throw new UserError(e, "%s cannot be read: %s", file, e);
    }
  }
}
