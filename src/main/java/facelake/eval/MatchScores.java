package facelake.eval;

import facelake.eval.DedupeFindings.Match;
import facelake.eval.DedupeFindings.Name;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Pairs of identities of two datasets against the pairs of one person. */
final class MatchScores {
  private MatchScores() {}

  static PrecisionRecall of(Collection<Match> matches, Names names) {
    Set<Set<Name>> found = new HashSet<>();
    for (Match match : matches) {
      if (counts(match, names)) {
        found.add(pair(match));
      }
    }
    return PrecisionRecall.of(found, truePairs(names));
  }

  /** Whether a pair is of two datasets, and it is known whether it is of one person. */
  static boolean counts(Match match, Names names) {
    return !match.one().dataset().equals(match.other().dataset())
        && !names.debatable(match.one(), match.other());
  }

  /** A pair, whichever comes first. */
  static Set<Name> pair(Match match) {
    return Set.of(match.one(), match.other());
  }

  /** The pairs of one person in two datasets. */
  static Set<Set<Name>> truePairs(Names names) {
    Set<Set<Name>> pairs = new HashSet<>();
    for (List<Name> own : names.byPerson()) {
      for (int i = 0; i < own.size(); i++) {
        for (int j = i + 1; j < own.size(); j++) {
          if (!own.get(i).dataset().equals(own.get(j).dataset())) {
            pairs.add(Set.of(own.get(i), own.get(j)));
          }
        }
      }
    }
    return pairs;
  }
}
