package facelake.step.identity;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;

import facelake.match.Subject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Finds the parts that people's decisions speak of. */
public final class PartLookup {
  private static final StructType IDENTITIES =
      new StructType()
          .add(PartRows.DATASET, DataTypes.StringType, false)
          .add(PartRows.IDENTITY, DataTypes.StringType, false);

  private static final StructType FACES =
      new StructType().add(PartRows.FACE_ID, DataTypes.StringType, false);

  private static final String FACE = "face";

  private PartLookup() {}

  /**
   * The numbers of the parts of each subject: of a face the part that it is in, of an identity its
   * main part, or all parts where none is. Subjects that are not there, such as those of other
   * datasets, have none.
   */
  public static Map<Subject, List<Long>> numbers(
      SparkSession spark, Dataset<Row> parts, Collection<Subject> subjects) {
    Map<Subject, List<Long>> numbers = new HashMap<>();
    List<Row> identities =
        subjects.stream()
            .filter(Subject.Identity.class::isInstance)
            .map(Subject.Identity.class::cast)
            .map(identity -> RowFactory.create(identity.dataset(), identity.name()))
            .toList();
    List<Row> faces =
        subjects.stream()
            .filter(Subject.Face.class::isInstance)
            .map(face -> RowFactory.create(((Subject.Face) face).id()))
            .toList();
    if (!identities.isEmpty()) {
      parts
          .join(
              spark.createDataFrame(identities, IDENTITIES),
              new String[] {PartRows.DATASET, PartRows.IDENTITY})
          .select(PartRows.DATASET, PartRows.IDENTITY, PartRows.NUMBER, PartRows.PART)
          .orderBy(PartRows.NUMBER)
          .collectAsList()
          .forEach(row -> add(numbers, row));
    }
    if (!faces.isEmpty()) {
      parts
          .select(col(PartRows.NUMBER), explode(col(PartRows.FACES)).as(FACE))
          .select(col(PartRows.NUMBER), col(FACE + "." + PartRows.FACE_ID).as(PartRows.FACE_ID))
          .join(spark.createDataFrame(faces, FACES), PartRows.FACE_ID)
          .select(PartRows.FACE_ID, PartRows.NUMBER)
          .collectAsList()
          .forEach(row -> numbers.put(new Subject.Face(row.getString(0)), List.of(row.getLong(1))));
    }
    return numbers;
  }

  /** A row of the next part of an identity; after the main part none counts. */
  private static void add(Map<Subject, List<Long>> numbers, Row row) {
    Subject identity = new Subject.Identity(row.getString(0), row.getString(1));
    if (row.getInt(3) == 0) {
      numbers.put(identity, List.of(row.getLong(2)));
    } else if (!isMain(numbers.get(identity), row)) {
      numbers.computeIfAbsent(identity, key -> new ArrayList<>()).add(row.getLong(2));
    }
  }

  /** Parts are numbered one by one. */
  private static boolean isMain(List<Long> known, Row row) {
    return known != null && known.size() == 1 && known.get(0) == row.getLong(2) - row.getInt(3);
  }
}
