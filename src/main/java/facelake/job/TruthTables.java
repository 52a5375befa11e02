package facelake.job;

import facelake.eval.PlantedTruth;
import facelake.table.FacesTable;
import facelake.table.ImagesTable;
import facelake.table.Lake;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The truth of a plan, in the names that its tables came to have for photos and faces. */
final class TruthTables {
  /** Where a photo stands. */
  private record Place(String dataset, String uri) {}

  /**
   * A face in a photo.
   *
   * @param offCentre grows with the distance of the box from the centre of the photo
   */
  private record Found(String faceId, int size, long offCentre) {
    static final Comparator<Found> MOST_CENTRAL =
        Comparator.comparingLong(Found::offCentre).thenComparing(Found::faceId);
  }

  private final PlantingPlan plan;

  /** Where the copies are, by the names of their files. */
  private final Map<String, Place> copies = new HashMap<>();

  private final Map<Place, List<Found>> found = new HashMap<>();

  private TruthTables(PlantingPlan plan) {
    this.plan = plan;
  }

  /** Reads the names of all photos and faces to the driver. */
  static TruthTables read(SparkSession spark, Lake lake, PlantingPlan plan) {
    TruthTables tables = new TruthTables(plan);
    if (!plan.copies().isEmpty()) {
      ImagesTable.open(spark, lake)
          .read()
          .select(ImagesTable.DATASET, ImagesTable.URI)
          .collectAsList()
          .forEach(tables::addImage);
    }
    FacesTable.open(spark, lake)
        .read()
        .select(
            FacesTable.DATASET,
            FacesTable.URI,
            FacesTable.FACE_ID,
            FacesTable.SIZE,
            FacesTable.BOX,
            FacesTable.IMAGE_WIDTH,
            FacesTable.IMAGE_HEIGHT)
        .collectAsList()
        .forEach(tables::addFace);
    return tables;
  }

  private void addImage(Row row) {
    String uri = row.getString(1);
    copies.put(uri.substring(uri.lastIndexOf('/') + 1), new Place(row.getString(0), uri));
  }

  private void addFace(Row row) {
    found
        .computeIfAbsent(new Place(row.getString(0), row.getString(1)), at -> new ArrayList<>())
        .add(new Found(row.getString(2), row.getInt(3), offCentre(row)));
  }

  private static long offCentre(Row row) {
    Row box = row.getStruct(4);
    long x = box.<Integer>getAs(FacesTable.LEFT) + box.<Integer>getAs(FacesTable.RIGHT) + 1;
    long y = box.<Integer>getAs(FacesTable.TOP) + box.<Integer>getAs(FacesTable.BOTTOM) + 1;
    return square(x - row.getInt(5)) + square(y - row.getInt(6));
  }

  private static long square(long value) {
    return value * value;
  }

  long copiesWithoutFace() {
    return plan.copies().stream().filter(copy -> !found.containsKey(place(copy))).count();
  }

  PlantedTruth truth() {
    List<PlantedTruth.Face> faces = new ArrayList<>();
    List<PlantedTruth.Copy> made = new ArrayList<>();
    for (PlantingPlan.Photo photo : plan.photos()) {
      addFaces(place(photo), photo.identity(), photo.photo().person(), photo.wrongLabel(), faces);
    }
    for (PlantingPlan.Copy copy : plan.copies()) {
      Place at = place(copy);
      addFaces(at, copy.identity(), copy.of().photo().person(), false, faces);
      Place original = place(copy.of());
      made.add(
          new PlantedTruth.Copy(
              original.dataset(), original.uri(), at.dataset(), at.uri(), copy.change().label()));
    }
    faces.sort(
        Comparator.comparing(PlantedTruth.Face::dataset)
            .thenComparing(PlantedTruth.Face::uri)
            .thenComparing(PlantedTruth.Face::faceId));
    return new PlantedTruth(plan.identities(), faces, made);
  }

  private void addFaces(
      Place at, String identity, String person, boolean wrong, List<PlantedTruth.Face> faces) {
    List<Found> inPhoto = found.getOrDefault(at, List.of());
    Found main = main(inPhoto);
    for (Found face : inPhoto) {
      faces.add(
          new PlantedTruth.Face(
              at.dataset(),
              at.uri(),
              face.faceId(),
              identity,
              face == main ? person : null,
              wrong));
    }
  }

  /** The face that a photo's identity is of; null where the most central is not the largest. */
  private static Found main(List<Found> faces) {
    Found central = faces.stream().min(Found.MOST_CENTRAL).orElse(null);
    int largest = faces.stream().mapToInt(Found::size).max().orElse(0);
    return central != null && central.size() == largest ? central : null;
  }

  private static Place place(PlantingPlan.Photo photo) {
    return new Place(photo.side().dataset(), photo.photo().uri());
  }

  private Place place(PlantingPlan.Copy copy) {
    Place place = copies.get(copy.name());
    if (place == null) {
      throw new IllegalStateException("the copy " + copy.name() + " is not in the table images");
    }
    return place;
  }
}
