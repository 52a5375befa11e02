package facelake.eval;

import facelake.eval.DedupeFindings.Name;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whose name each identity is. */
final class Names {
  private final Map<Name, String> person = new HashMap<>();
  private final Map<String, List<Name>> names = new HashMap<>();

  /** All who rightly have a name: two where two people share it. */
  private final Map<Name, Set<String>> bearers = new HashMap<>();

  Names(PlantedTruth truth) {
    for (PlantedTruth.Identity one : truth.identities()) {
      Name name = new Name(one.dataset(), one.identity());
      person.put(name, one.person());
      names.computeIfAbsent(one.person(), person -> new ArrayList<>()).add(name);
      bearers.computeIfAbsent(name, own -> new HashSet<>()).add(one.person());
    }
    for (PlantedTruth.Face face : truth.faces()) {
      if (face.person() != null && !face.wrongLabel()) {
        bearers.get(of(face)).add(face.person());
      }
    }
  }

  /** The name that the dataset gives a face. */
  static Name of(PlantedTruth.Face face) {
    return new Name(face.dataset(), face.identity());
  }

  /**
   * Whose name this is.
   *
   * @throws IllegalArgumentException where it is no name of the planted datasets
   */
  String person(Name name) {
    String known = person.get(name);
    if (known == null) {
      throw new IllegalArgumentException(
          "%s of dataset %s is no planted identity".formatted(name.identity(), name.dataset()));
    }
    return known;
  }

  /** Whether two names are of two people, but somebody bears both. */
  boolean debatable(Name one, Name other) {
    return !person(one).equals(person(other))
        && !Collections.disjoint(bearers.get(one), bearers.get(other));
  }

  /** Whether somebody rightly has a name that counts as another's. */
  boolean sharesName(PlantedTruth.Face face) {
    return !face.wrongLabel() && !face.person().equals(person(of(face)));
  }

  /** The names of each person. */
  Iterable<List<Name>> byPerson() {
    return names.values();
  }
}
