package facelake.job;

import facelake.UserError;
import java.nio.charset.StandardCharsets;

/** What photos of one origin may be called: what options, labels and folders of tables can hold. */
final class DatasetName {
  /** A name is a part of a folder's name, of which file systems take 255 bytes, some escaped. */
  private static final int MOST_BYTES = 80;

  private DatasetName() {}

  /**
   * Makes sure that a name can be used.
   *
   * @param option that it was given by
   * @throws UserError when it is blank or too long, or has a character that means something else:
   *     commas part names in lists, slashes part dataset and identity
   */
  static void require(String option, String name) {
    if (name.isBlank()) {
      throw new UserError("%s is blank; give the photos a name, such as holidays", option);
    }
    if (name.codePoints().anyMatch(c -> c == ',' || c == '/' || Character.isISOControl(c))) {
      throw new UserError(
          "%s '%s' has a comma, a slash or a control character, which part names elsewhere; leave"
              + " them out, such as %s",
          option, name, name.replaceAll("[,/\\p{javaISOControl}]+", "-"));
    }
    int bytes = name.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MOST_BYTES) {
      throw new UserError(
          "%s has %d bytes, and folders are named by it; %d are the most",
          option, bytes, MOST_BYTES);
    }
  }
}
