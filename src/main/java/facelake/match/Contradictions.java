package facelake.match;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks for contradictions among decisions in force; never guesses which one is right. */
final class Contradictions {
  private final List<Decision> inForce;
  private final List<Contradiction> found = new ArrayList<>();

  private Contradictions(List<Decision> inForce) {
    this.inForce = inForce;
  }

  /** All of them, in an order that depends on the subjects only. */
  static List<Contradiction> among(List<Decision> inForce) {
    Contradictions search = new Contradictions(inForce);
    search.differentAndSame();
    search.usedThoughNoFace();
    search.rightLabels().forEach(search::severalLabels);
    return List.copyOf(search.found);
  }

  private void differentAndSame() {
    Map<Topic, List<Decision>> same = byTopic(Verdict.SAME);
    Links<Subject> links = links(same);
    byTopic(Verdict.DIFFERENT)
        .forEach((topic, different) -> compare(topic, different, same.get(topic), links));
  }

  private void compare(
      Topic pair, List<Decision> different, List<Decision> same, Links<Subject> links) {
    if (pair.a().equals(pair.b())) {
      add("%s is called different from itself".formatted(pair.a()), different);
    } else if (same != null) {
      add("%s are called same and different".formatted(pair), joined(same, different));
    } else if (links.joined(pair.a(), pair.b())) {
      found.add(
          new Contradiction(
              "%s are called different, and a chain makes them the same".formatted(pair),
              () -> joined(different, links.chain(pair.a(), pair.b()))));
    }
  }

  /** A pair that is the same is joined, and so are a face and the one identity it belongs to. */
  private Links<Subject> links(Map<Topic, List<Decision>> same) {
    Links<Subject> links = new Links<>();
    same.forEach((topic, decisions) -> links.add(topic.a(), topic.b(), decisions.get(0)));
    rightLabels()
        .forEach(
            (face, decisions) -> {
              if (labels(decisions) == 1) {
                Decision first = decisions.get(0);
                links.add(face, first.topic().b(), first);
              }
            });
    return links;
  }

  private void usedThoughNoFace() {
    Map<Subject, List<Decision>> noFaces =
        grouped(of(Verdict.NOT_A_FACE), decision -> decision.topic().a());
    Map<Subject, List<Decision>> uses = new TreeMap<>();
    Stream.of(Verdict.SAME, Verdict.DIFFERENT, Verdict.WRONG_LABEL)
        .flatMap(this::of)
        .forEach(
            decision ->
                decision
                    .topic()
                    .subjects()
                    .distinct()
                    .filter(noFaces::containsKey)
                    .forEach(face -> put(uses, face, decision)));
    uses.forEach(
        (face, decisions) ->
            add(
                "%s is called no face and decided on as one".formatted(face),
                joined(noFaces.get(face), decisions)));
  }

  private void severalLabels(Subject face, List<Decision> decisions) {
    long labels = labels(decisions);
    if (labels > 1) {
      add("%s is said to belong to %,d identities".formatted(face, labels), decisions);
    }
  }

  private Map<Subject, List<Decision>> rightLabels() {
    return grouped(
        of(Verdict.WRONG_LABEL).filter(decision -> decision.topic().rightLabel().isPresent()),
        decision -> decision.topic().a());
  }

  private static long labels(List<Decision> decisions) {
    return decisions.stream().map(Decision::topic).distinct().count();
  }

  private Stream<Decision> of(Verdict verdict) {
    return inForce.stream().filter(decision -> decision.verdict() == verdict);
  }

  private Map<Topic, List<Decision>> byTopic(Verdict verdict) {
    return grouped(of(verdict), Decision::topic);
  }

  private static <K extends Comparable<? super K>> Map<K, List<Decision>> grouped(
      Stream<Decision> decisions, Function<Decision, K> key) {
    return decisions.collect(Collectors.groupingBy(key, TreeMap::new, Collectors.toList()));
  }

  private static void put(Map<Subject, List<Decision>> lists, Subject key, Decision decision) {
    lists.computeIfAbsent(key, subject -> new ArrayList<>()).add(decision);
  }

  private void add(String what, List<Decision> decisions) {
    found.add(new Contradiction(what, () -> decisions));
  }

  private static List<Decision> joined(List<Decision> some, List<Decision> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }
}
