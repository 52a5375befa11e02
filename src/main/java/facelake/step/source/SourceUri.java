package facelake.step.source;

import java.net.URI;
import java.net.URISyntaxException;
import org.apache.hadoop.fs.Path;

/**
 * URIs of files and of tar members.
 *
 * <p>Both are escaped: a {@code %}, {@code #}, {@code ?} or space of a name becomes {@code %25},
 * {@code %23}, {@code %3F}, {@code %20}. So a bare {@code #} always parts a tar from its member,
 * and {@link #path} gives back the very name.
 */
final class SourceUri {
  private SourceUri() {}

  /** The URI of a qualified path; local files have the three slashes of RFC 8089. */
  static String of(Path path) {
    return root(path) + path.toUri().getRawPath();
  }

  /** The qualified pattern as the user would write it, without escapes. */
  static String ofPattern(Path pattern) {
    return root(pattern) + pattern.toUri().getPath();
  }

  /** The URI of a member of a tar. */
  static String member(String tar, String name) {
    try {
      return tar + "#" + new URI(null, "", name).getRawFragment();
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("Member name " + name + " of " + tar, e);
    }
  }

  /** Whether a URI is that of a member of a tar. */
  static boolean isMember(String uri) {
    return uri.indexOf('#') >= 0;
  }

  /** The path that a URI made by {@link #of} stands for. */
  static Path path(String uri) {
    return new Path(URI.create(uri));
  }

  private static String root(Path path) {
    URI uri = path.toUri();
    return uri.getScheme() + "://" + (uri.getAuthority() == null ? "" : uri.getAuthority());
  }
}
