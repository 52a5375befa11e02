package facelake.eval;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What is so in datasets that were made for measuring.
 *
 * @param identities every name of every dataset
 * @param faces every face of every dataset
 * @param copies photos that stand twice on purpose
 */
public record PlantedTruth(List<Identity> identities, List<Face> faces, List<Copy> copies) {
  private static final List<String> IDENTITY_COLUMNS = List.of("dataset", "identity", "person");
  private static final List<String> FACE_COLUMNS =
      List.of("dataset", "uri", "face_id", "identity", "person", "wrong_label");
  private static final List<String> COPY_COLUMNS =
      List.of("dataset", "uri", "copy_dataset", "copy_uri", "kind");

  private static final String IDENTITIES_FILE = "identities.csv";
  private static final String FACES_FILE = "faces.csv";
  private static final String COPIES_FILE = "copies.csv";

  /**
   * A name in a dataset.
   *
   * @param person whose name it is; of two people under one name the one with more photos
   */
  public record Identity(String dataset, String identity, String person) {}

  /**
   * A face in a dataset.
   *
   * @param identity the name that the dataset gives its photo
   * @param person who it is, or null where nobody knows, as of a face in the background
   * @param wrongLabel whether its photo was given another's name on purpose
   */
  public record Face(
      String dataset,
      String uri,
      String faceId,
      String identity,
      String person,
      boolean wrongLabel) {}

  /**
   * A photo that was made from another one.
   *
   * @param dataset of the photo that it was made from
   * @param uri of the photo that it was made from
   * @param kind what was done to it, as a word
   */
  public record Copy(String dataset, String uri, String copyDataset, String copyUri, String kind) {}

  /** Where files of a name can be written. */
  @FunctionalInterface
  public interface Destination {
    Writer open(String name) throws IOException;
  }

  /** Where files of a name can be read. */
  @FunctionalInterface
  public interface Origin {
    Reader open(String name) throws IOException;
  }

  /** Takes copies of the lists. */
  public PlantedTruth {
    identities = List.copyOf(identities);
    faces = List.copyOf(faces);
    copies = List.copyOf(copies);
  }

  /**
   * Writes {@code identities.csv} (dataset, identity, person), {@code faces.csv} (dataset, uri,
   * face_id, identity, person, wrong_label) and {@code copies.csv} (dataset, uri, copy_dataset,
   * copy_uri, kind): RFC 4180 with a header.
   */
  public void write(Destination destination) throws IOException {
    write(
        destination,
        IDENTITIES_FILE,
        IDENTITY_COLUMNS,
        identities,
        one -> new Object[] {one.dataset(), one.identity(), one.person()});
    write(
        destination,
        FACES_FILE,
        FACE_COLUMNS,
        faces,
        one ->
            new Object[] {
              one.dataset(), one.uri(), one.faceId(), one.identity(), one.person(), one.wrongLabel()
            });
    write(
        destination,
        COPIES_FILE,
        COPY_COLUMNS,
        copies,
        one ->
            new Object[] {one.dataset(), one.uri(), one.copyDataset(), one.copyUri(), one.kind()});
  }

  /**
   * What {@link #write} wrote.
   *
   * @throws IOException where a file is missing or is no such file
   */
  public static PlantedTruth read(Origin origin) throws IOException {
    return new PlantedTruth(
        read(
            origin,
            IDENTITIES_FILE,
            IDENTITY_COLUMNS,
            cells -> new Identity(cells.get(0), cells.get(1), cells.get(2))),
        read(
            origin,
            FACES_FILE,
            FACE_COLUMNS,
            cells ->
                new Face(
                    cells.get(0),
                    cells.get(1),
                    cells.get(2),
                    cells.get(3),
                    cells.get(4).isEmpty() ? null : cells.get(4),
                    Boolean.parseBoolean(cells.get(5)))),
        read(
            origin,
            COPIES_FILE,
            COPY_COLUMNS,
            cells ->
                new Copy(cells.get(0), cells.get(1), cells.get(2), cells.get(3), cells.get(4))));
  }

  private static <T> void write(
      Destination destination,
      String name,
      List<String> columns,
      List<T> rows,
      Function<T, Object[]> cells)
      throws IOException {
    try (Writer out = destination.open(name)) {
      Csv.write(out, columns.toArray());
      for (T row : rows) {
        Csv.write(out, cells.apply(row));
      }
    }
  }

  private static <T> List<T> read(
      Origin origin, String name, List<String> columns, Function<List<String>, T> row)
      throws IOException {
    List<T> rows = new ArrayList<>();
    try (BufferedReader in = new BufferedReader(origin.open(name))) {
      List<String> header = Csv.read(in);
      if (!columns.equals(header)) {
        throw new IOException("%s starts with %s, not %s".formatted(name, header, columns));
      }
      for (List<String> cells = Csv.read(in); cells != null; cells = Csv.read(in)) {
        if (cells.size() != columns.size()) {
          throw new IOException(
              "%s has a line of %d values: %s".formatted(name, cells.size(), cells));
        }
        rows.add(row.apply(cells));
      }
    }
    return rows;
  }
}
