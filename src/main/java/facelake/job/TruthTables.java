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

  private final PlantingPlan plan;

  /** Where the copies are, by the names of their files. */
  private final Map<String, Place> copies = new HashMap<>();

  private final Map<Place, List<PhotoFace>> found = new HashMap<>();

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
        .select(PhotoFace.columns())
        .collectAsList()
        .forEach(tables::addFace);
    return tables;
  }

  private void addImage(Row row) {
    String uri = row.getString(1);
    copies.put(uri.substring(uri.lastIndexOf('/') + 1), new Place(row.getString(0), uri));
  }

  private void addFace(Row row) {
    PhotoFace face = PhotoFace.of(row);
    found.computeIfAbsent(new Place(face.dataset(), face.uri()), at -> new ArrayList<>()).add(face);
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
    List<PhotoFace> inPhoto = found.getOrDefault(at, List.of());
    PhotoFace main = PhotoFace.main(inPhoto);
    for (PhotoFace face : inPhoto) {
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
