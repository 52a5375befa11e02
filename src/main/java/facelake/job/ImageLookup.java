package facelake.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.levenshtein;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.substring_index;

import facelake.UserError;
import facelake.table.FacesTable;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/** Finds the uri of a photo by what a person types. */
final class ImageLookup {
  private static final int SHOWN = 5;
  private static final Column URI = col(FacesTable.URI);

  private final Dataset<Row> faces;

  ImageLookup(Dataset<Row> faces) {
    this.faces = faces;
  }

  /**
   * The uri of a photo with faces.
   *
   * @param name the uri, a local path, or the last parts of the uri where they name one photo
   * @throws UserError when no photo or several photos have this name, naming some
   */
  String uri(String name) {
    List<String> spellings = spellings(name);
    List<String> exact = uris(URI.isin(spellings.toArray()));
    return spellings.stream()
        .filter(exact::contains)
        .findFirst()
        .orElseGet(() -> only(name, uris(endsWith(withoutRoot(name)))));
  }

  private String only(String name, List<String> found) {
    if (found.isEmpty()) {
      throw new UserError(
          "no photo with faces is called '%s'; give its uri, or the end of it from a folder or file"
              + " name on; the nearest are %s; the query SELECT DISTINCT uri FROM faces lists all",
          name, String.join(", ", nearest(name)));
    }
    if (found.size() > 1) {
      throw new UserError(
          "'%s' fits more than one photo, such as %s; give more of the uri",
          name, String.join(", ", found));
    }
    return found.get(0);
  }

  /** The uri as it is, and the uris that a local path may have. */
  private static List<String> spellings(String name) {
    try {
      Path path = Path.of(name).toAbsolutePath().normalize();
      return List.of(name, "file:" + path, "file://" + path, "file://" + escaped(path.toString()));
    } catch (InvalidPathException e) {
      return List.of(name);
    }
  }

  private static Column endsWith(String name) {
    return URI.endsWith("/" + name).or(URI.endsWith(escaped("/" + name)));
  }

  /** As the uris of files are escaped: a space is %20, letters of all scripts stay. */
  private static String escaped(String path) {
    return new org.apache.hadoop.fs.Path(path).toUri().getRawPath();
  }

  private static String withoutRoot(String name) {
    return name.replaceFirst("^(\\./|/)+", "");
  }

  private List<String> nearest(String name) {
    Column distance = levenshtein(lower(fileName(URI)), lower(fileName(lit(name))));
    return faces
        .select(URI)
        .distinct()
        .orderBy(distance, URI)
        .limit(SHOWN)
        .as(Encoders.STRING())
        .collectAsList();
  }

  private static Column fileName(Column uri) {
    return substring_index(uri, "/", -1);
  }

  private List<String> uris(Column condition) {
    return faces
        .where(condition)
        .select(URI)
        .distinct()
        .orderBy(URI)
        .limit(SHOWN)
        .as(Encoders.STRING())
        .collectAsList();
  }
}
