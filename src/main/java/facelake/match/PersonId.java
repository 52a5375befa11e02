package facelake.match;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names people so that the same people have the same names on every run. */
public final class PersonId {
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
    byte[] hash = sha256().digest((scope + '\n' + smallestFaceId).getBytes(StandardCharsets.UTF_8));
    return "p-" + HexFormat.of().formatHex(hash, 0, 8);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
