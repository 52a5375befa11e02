package facelake.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import facelake.UserError;
import facelake.table.FacesTable;
import facelake.table.PeopleTable;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * The faces that a job is about.
 *
 * @param scope {@code all}, {@code dataset:NAME} or {@code image:URI}
 * @param faces rows of {@link FacesTable}
 */
record FaceSelection(String scope, Dataset<Row> faces) {
  private static final String IN_PHOTO = "faces_in_photo";

  /**
   * Chooses among faces.
   *
   * @throws UserError when there is no such dataset or image, naming those that there are
   */
  static FaceSelection of(Dataset<Row> faces, Optional<String> dataset, Optional<String> image) {
    FaceSelection all = new FaceSelection(PeopleTable.ALL, faces);
    FaceSelection some = dataset.map(all::ofDataset).orElse(all);
    return image.map(some::ofImage).orElse(some);
  }

  /**
   * The faces of some datasets, of all where none is named.
   *
   * @throws UserError when there is no such dataset, naming those that there are
   */
  static FaceSelection of(Dataset<Row> faces, List<String> datasets) {
    FaceSelection all = new FaceSelection(PeopleTable.ALL, faces);
    return datasets.isEmpty() ? all : all.ofDatasets(datasets);
  }

  /**
   * Faces with an identity that nobody stands beside: of several faces in a photo, nobody knows
   * whom its label means, and those beside are nearest to other labels.
   *
   * @param faces rows of {@link FacesTable}, whole photos
   */
  static Dataset<Row> alone(Dataset<Row> faces) {
    return faces
        .withColumn(
            IN_PHOTO, count(lit(1)).over(Window.partitionBy(FacesTable.DATASET, FacesTable.URI)))
        .where(col(IN_PHOTO).equalTo(1).and(col(FacesTable.IDENTITY).isNotNull()))
        .drop(IN_PHOTO);
  }

  private FaceSelection ofDataset(String name) {
    return ofDatasets(List.of(name));
  }

  private FaceSelection ofDatasets(List<String> names) {
    List<String> known =
        faces.select(FacesTable.DATASET).distinct().as(Encoders.STRING()).collectAsList();
    for (String name : names) {
      if (!known.contains(name)) {
        throw new UserError(
            "no face is of dataset '%s'; datasets with faces: %s",
            name, known.isEmpty() ? "none" : String.join(", ", known.stream().sorted().toList()));
      }
    }
    return new FaceSelection(
        PeopleTable.OF_DATASET + String.join(",", names),
        faces.where(col(FacesTable.DATASET).isin(names.toArray())));
  }

  private FaceSelection ofImage(String name) {
    String uri = new ImageLookup(faces).uri(name);
    return new FaceSelection("image:" + uri, faces.where(col(FacesTable.URI).equalTo(uri)));
  }
}
