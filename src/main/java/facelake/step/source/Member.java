package facelake.step.source;

import java.util.ArrayList;
import java.util.List;

/** The name of a tar member, taken apart. */
record Member(String path, List<String> parts) {

  Member(String path) {
    this(path, parts(path));
  }

  private static List<String> parts(String path) {
    List<String> parts = new ArrayList<>();
    for (String part : path.split("/")) {
      if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    return parts;
  }

  /** The last part. */
  String name() {
    return parts.isEmpty() ? "" : parts.get(parts.size() - 1);
  }

  /** The folder that it lies in, or null. */
  String folder() {
    String folder = parts.size() < 2 ? ".." : parts.get(parts.size() - 2);
    return folder.equals("..") ? null : folder;
  }

  /** The name without its suffix, which a picture and its sidecar share. */
  String key() {
    int dot = path.lastIndexOf('.');
    return dot < 0 ? path : path.substring(0, dot);
  }

  /** Whether it, or a folder above it, is hidden; a picture may start with an underscore. */
  boolean hidden() {
    boolean folders =
        parts.stream()
            .limit(Math.max(0, parts.size() - 1))
            .anyMatch(part -> Suffix.hidden(part) && !part.equals(".."));
    return folders || name().startsWith(".") || !Suffix.picture(name()) && Suffix.hidden(name());
  }
}
