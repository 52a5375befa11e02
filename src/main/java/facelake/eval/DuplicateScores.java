package facelake.eval;

import facelake.eval.DedupeFindings.Photo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Groups of photos against the planted copies. */
record DuplicateScores(SortedMap<String, Proportion> copies, long others, long ofTwoPeople) {

  static DuplicateScores of(Map<Photo, String> groups, PlantedTruth truth) {
    SortedMap<String, Proportion> copies = new TreeMap<>();
    long found = 0;
    for (PlantedTruth.Copy copy : truth.copies()) {
      String group = groups.get(original(copy));
      long hit = group != null && group.equals(groups.get(made(copy))) ? 1 : 0;
      found += hit;
      copies.merge(copy.kind(), new Proportion(hit, 1), DuplicateScores::sum);
    }
    Map<Photo, String> people = people(truth);
    Map<String, List<String>> members = new HashMap<>();
    groups.forEach(
        (photo, group) ->
            members.computeIfAbsent(group, all -> new ArrayList<>()).add(people.get(photo)));
    long pairs = 0;
    long mixed = 0;
    for (List<String> group : members.values()) {
      pairs += pairsOf(group.size());
      mixed += pairsOfTwoPeople(group);
    }
    return new DuplicateScores(copies, pairs - found, mixed);
  }

  private static Proportion sum(Proportion a, Proportion b) {
    return new Proportion(a.successes() + b.successes(), a.trials() + b.trials());
  }

  /** Pairs of members who are known and not the same. */
  private static long pairsOfTwoPeople(List<String> group) {
    Map<String, Long> counts = new HashMap<>();
    group.stream().filter(person -> person != null).forEach(p -> counts.merge(p, 1L, Long::sum));
    long known = counts.values().stream().mapToLong(Long::longValue).sum();
    return pairsOf(known) - counts.values().stream().mapToLong(DuplicateScores::pairsOf).sum();
  }

  private static long pairsOf(long items) {
    return items * (items - 1) / 2;
  }

  private static Map<Photo, String> people(PlantedTruth truth) {
    Map<Photo, String> people = new HashMap<>();
    truth.faces().stream()
        .filter(face -> face.person() != null)
        .forEach(face -> people.put(new Photo(face.dataset(), face.uri()), face.person()));
    return people;
  }

  private static Photo original(PlantedTruth.Copy copy) {
    return new Photo(copy.dataset(), copy.uri());
  }

  private static Photo made(PlantedTruth.Copy copy) {
    return new Photo(copy.copyDataset(), copy.copyUri());
  }
}
