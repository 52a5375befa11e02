package facelake.eval;

import facelake.UserError;
import java.io.IOException;
import java.io.Reader;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of the names of a labelled dataset that its labels do not say. A name that is not
 * among these is a person of its own.
 *
 * @param people the person of a name, which may be the name of another identity
 * @param leftOut names of which nobody knows who they are
 */
public record KnownPeople(Map<String, String> people, Set<String> leftOut) {
  /** Nothing: each name is a person. */
  public static final KnownPeople NONE = new KnownPeople(Map.of(), Set.of());

  private static final List<String> COLUMNS = List.of("identity", "person");

  /** Takes copies. */
  public KnownPeople {
    people = Map.copyOf(people);
    leftOut = Set.copyOf(leftOut);
  }

  /**
   * Reads CSV with the columns {@code identity} and {@code person}; where the person is empty, the
   * name is left out.
   *
   * @param file its name, for messages
   * @throws UserError when a column is missing, or a name stands for two people
   */
  public static KnownPeople read(Reader in, String file) throws IOException {
    Map<String, String> people = new HashMap<>();
    Set<String> leftOut = new HashSet<>();
    Map<String, Integer> rows = new HashMap<>();
    for (CsvRows.Row row : CsvRows.read(in, file, COLUMNS)) {
      String identity = row.values().get(0);
      String person = row.values().get(1);
      Integer before = rows.putIfAbsent(identity, row.number());
      if (before != null) {
        throw new UserError(
            "rows %d and %d of %s are both of the identity '%s'; keep one of them",
            before, row.number(), file, identity);
      }
      if (person.isBlank()) {
        leftOut.add(identity);
      } else {
        people.put(identity, person);
      }
    }
    KnownPeople known = new KnownPeople(people, leftOut);
    known.refuseChains(rows, file);
    return known;
  }

  /**
   * A person that is itself a name of somebody else would mean one thing here and another there.
   */
  private void refuseChains(Map<String, Integer> rows, String file) {
    people.forEach(
        (identity, person) -> {
          if (leftOut.contains(person)) {
            throw new UserError(
                "row %d of %s says that '%s' is '%s', whom row %d leaves out; leave out both, or"
                    + " none",
                rows.get(identity), file, identity, person, rows.get(person));
          }
          String further = people.getOrDefault(person, person);
          if (!further.equals(person)) {
            throw new UserError(
                "row %d of %s says that '%s' is '%s', and row %d that this one is '%s'; write '%s'"
                    + " in both",
                rows.get(identity), file, identity, person, rows.get(person), further, further);
          }
        });
  }

  /** The person of a name; empty where the name is left out. */
  public Optional<String> person(String identity) {
    return leftOut.contains(identity)
        ? Optional.empty()
        : Optional.of(people.getOrDefault(identity, identity));
  }

  /** The names that something is known of. */
  public Set<String> identities() {
    Set<String> all = new HashSet<>(people.keySet());
    all.addAll(leftOut);
    return all;
  }
}
