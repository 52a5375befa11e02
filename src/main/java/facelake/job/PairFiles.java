package facelake.job;

import facelake.eval.DistancePairs;
import facelake.eval.DistancePairs.Pair;
import facelake.eval.ImageGroups;
import facelake.eval.PairSample;
import facelake.match.PairList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;

/** Pairs whose distances stand in files. */
final class PairFiles {
  private PairFiles() {}

  /** The pairs of each embedder, all and by groups. */
  static List<SampledPairs> read(List<String> files, ImageGroups groups, Configuration hadoop) {
    Map<String, List<Pair>> byEmbedder =
        files.stream()
            .flatMap(file -> TextFile.read(file, hadoop, DistancePairs::read).stream())
            .collect(Collectors.groupingBy(Pair::embedder, TreeMap::new, Collectors.toList()));
    List<SampledPairs> samples = new ArrayList<>();
    byEmbedder.forEach(
        (embedder, pairs) -> {
          samples.add(sample(embedder, "", "", pairs));
          for (int kind = 0; kind < groups.kinds().size(); kind++) {
            int number = kind;
            pairs.stream()
                .filter(pair -> isOfOneGroup(pair, groups, number))
                .collect(
                    Collectors.groupingBy(
                        pair -> groups.group(pair.left(), number),
                        TreeMap::new,
                        Collectors.toList()))
                .forEach(
                    (group, some) ->
                        samples.add(sample(embedder, groups.kinds().get(number), group, some)));
          }
        });
    return samples;
  }

  private static boolean isOfOneGroup(Pair pair, ImageGroups groups, int kind) {
    String group = groups.group(pair.left(), kind);
    return !group.isEmpty() && group.equals(groups.group(pair.right(), kind));
  }

  private static SampledPairs sample(String embedder, String kind, String group, List<Pair> pairs) {
    // In one folder for all, images are as near to people as anybody knows.
    boolean foldersArePeople =
        pairs.stream()
            .noneMatch(
                pair ->
                    !pair.same()
                        && DistancePairs.person(pair.left())
                            .equals(DistancePairs.person(pair.right())));
    Map<String, Integer> people = new HashMap<>();
    Set<String> images = new HashSet<>();
    PairList genuine = new PairList();
    PairList impostors = new PairList();
    for (Pair pair : pairs) {
      int left = number(foldersArePeople ? DistancePairs.person(pair.left()) : pair.left(), people);
      int right =
          number(foldersArePeople ? DistancePairs.person(pair.right()) : pair.right(), people);
      (pair.same() ? genuine : impostors).add(left, right, pair.distance());
      images.add(pair.left());
      images.add(pair.right());
    }
    long[] impostorPairs = new long[people.size()];
    for (int pair = 0; pair < impostors.size(); pair++) {
      impostorPairs[impostors.left(pair)]++;
      impostorPairs[impostors.right(pair)]++;
    }
    return new SampledPairs(
        embedder,
        kind,
        group,
        images.size(),
        people.size(),
        new PairSample(genuine, impostors, impostorPairs, Double.POSITIVE_INFINITY));
  }

  private static int number(String name, Map<String, Integer> people) {
    return people.computeIfAbsent(name, person -> people.size());
  }
}
