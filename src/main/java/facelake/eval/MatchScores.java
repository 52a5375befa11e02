package facelake.eval;

import facelake.eval.DedupeFindings.Match;
import facelake.eval.DedupeFindings.Name;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Pairs of identities against the pairs of one person. */
final class MatchScores {
  private MatchScores() {}

  static PrecisionRecall of(Collection<Match> matches, Names names) {
    Set<Set<Name>> found = new HashSet<>();
    for (Match match : matches) {
      if (!match.one().equals(match.other()) && !names.debatable(match.one(), match.other())) {
        found.add(Set.of(match.one(), match.other()));
      }
    }
    return PrecisionRecall.of(found, truePairs(names));
  }

  private static Set<Set<Name>> truePairs(Names names) {
    Set<Set<Name>> pairs = new HashSet<>();
    for (List<Name> own : names.byPerson()) {
      for (int i = 0; i < own.size(); i++) {
        for (int j = i + 1; j < own.size(); j++) {
          pairs.add(Set.of(own.get(i), own.get(j)));
        }
      }
    }
    return pairs;
  }
}
