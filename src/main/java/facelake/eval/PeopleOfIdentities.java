package facelake.eval;

import facelake.UserError;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A file in which somebody says whose name each identity is. */
public final class PeopleOfIdentities {
  private static final List<String> COLUMNS = List.of("dataset", "identity", "person");

  private PeopleOfIdentities() {}

  /**
   * Reads CSV with the columns {@code dataset}, {@code identity} and {@code person}. Identities
   * with an empty person are left out.
   *
   * @param file its name, for messages
   * @throws UserError when a column is missing, when an identity stands there twice, or when nobody
   *     is left
   */
  public static List<PlantedTruth.Identity> read(Reader in, String file) throws IOException {
    List<PlantedTruth.Identity> identities = new ArrayList<>();
    Map<DedupeFindings.Name, Integer> rows = new HashMap<>();
    for (CsvRows.Row row : CsvRows.read(in, file, COLUMNS)) {
      String dataset = row.values().get(0);
      String identity = row.values().get(1);
      String person = row.values().get(2);
      Integer before = rows.putIfAbsent(new DedupeFindings.Name(dataset, identity), row.number());
      if (before != null) {
        throw new UserError(
            "rows %d and %d of %s are both of the identity '%s' of dataset '%s'; keep one of them",
            before, row.number(), file, identity, dataset);
      }
      if (!person.isBlank()) {
        identities.add(new PlantedTruth.Identity(dataset, identity, person));
      }
    }
    if (identities.isEmpty()) {
      throw new UserError("%s names nobody; give each identity a person", file);
    }
    return identities;
  }
}
