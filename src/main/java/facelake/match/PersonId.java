package facelake.match;

import facelake.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Names people so that the same people have the same names on every run. */
public final class PersonId {
  private static final int HEX_DIGITS = 16;
  private static final Pattern FORM = Pattern.compile("p-[0-9a-f]{" + HEX_DIGITS + "}");

  private PersonId() {}

  /**
   * {@code p-} and 16 hex digits: the head of the SHA-256 of {@code scope}, a line feed and the
   * person's smallest face id. A face belongs to one person of a scope, so two people of a scope
   * share an id only where 64 bits of the hash collide (one chance in 30 million for a million
   * people); people of different scopes never mix in a query that forgets the scope.
   *
   * @param scope the value of {@code people.scope}, such as {@code all}
   * @param smallestFaceId the first of the person's face ids in order of their characters
   */
  public static String of(String scope, String smallestFaceId) {
    byte[] name = (scope + '\n' + smallestFaceId).getBytes(StandardCharsets.UTF_8);
    return "p-" + Sha256.hex(name).substring(0, HEX_DIGITS);
  }

  /** Whether a name has the form of such an id; few people call anybody so. */
  public static boolean isOne(String name) {
    return FORM.matcher(name).matches();
  }
}
