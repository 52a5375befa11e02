package facelake.eval;

import java.util.Collection;
import java.util.Map;

/**
 * What was found out about the identities of several datasets.
 *
 * @param people person of each face, by face id; of one scope
 * @param matches pairs of identities that are said to be one person
 * @param labelIssues faces that are said not to be of their identity, by face id, with the identity
 *     that they are said to be of; null where none is proposed
 * @param duplicates group of each photo that is said to stand there more than once
 */
public record DedupeFindings(
    Map<String, String> people,
    Collection<Match> matches,
    Map<String, Name> labelIssues,
    Map<Photo, String> duplicates) {

  /** An identity of a dataset. */
  public record Name(String dataset, String identity) {}

  /** Two identities, in any order. */
  public record Match(Name one, Name other) {}

  /** A photo of a dataset. */
  public record Photo(String dataset, String uri) {}
}
