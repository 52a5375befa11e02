package facelake.step;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;

import facelake.spark.Phases;
import facelake.step.cells.NearPairs;
import facelake.table.FacesTable;
import facelake.table.PeopleTable;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.KeyValueGroupedDataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Groups faces into people: all pairs nearer than the threshold, their connected components, and
 * Chinese whispers inside each component.
 *
 * <p>The answer depends on the faces and the options only, never on partitions or on the order of
 * the rows. The comparison of all faces is bounded in memory; a component is grouped by one task,
 * which holds its faces' names and 20 bytes a pair.
 */
public final class FindPeople {
  /** One row a face: its person, the person's number of faces. */
  public static final StructType SCHEMA =
      new StructType()
          .add(PeopleTable.SCHEMA.apply(PeopleTable.PERSON_ID))
          .add(PeopleTable.SCHEMA.apply(PeopleTable.FACE_ID))
          .add(PeopleTable.SCHEMA.apply(PeopleTable.DATASET))
          .add(PeopleTable.SCHEMA.apply(PeopleTable.URI))
          .add(PeopleTable.SCHEMA.apply(PeopleTable.SIZE));

  /**
   * What was found.
   *
   * @param rows the person of each face, rows of {@link #SCHEMA}
   * @param recall how many of the near pairs were found; empty when all faces were compared
   */
  public record People(Dataset<Row> rows, Optional<NearPairs.Recall> recall) {}

  private static final String PHOTO = "photo";

  private static final StructType NODES =
      new StructType()
          .add(Components.NUMBER, DataTypes.LongType, false)
          .add(PHOTO, DataTypes.LongType, false)
          .add(FacesTable.SCHEMA.apply(FacesTable.FACE_ID))
          .add(FacesTable.SCHEMA.apply(FacesTable.DATASET))
          .add(FacesTable.SCHEMA.apply(FacesTable.URI));

  private final SparkSession spark;
  private final PeopleOptions options;
  private final ScanPlan plan;
  private final Phases phases;

  /** A search with these options; the plan changes memory and speed only. */
  public FindPeople(SparkSession spark, PeopleOptions options, ScanPlan plan, Phases phases) {
    this.phases = phases;
    this.spark = spark;
    this.options = options;
    this.plan = plan;
  }

  /**
   * The person of each face. Compares the faces now; the people are made when the rows are asked
   * for.
   *
   * @param faces rows of {@link FacesTable}, all of one embedder
   * @param count number of these rows
   * @param folder URI of a new folder that all executors reach, for near pairs and components; the
   *     caller removes it once the rows are used
   */
  public People people(Dataset<Row> faces, long count, String folder) {
    phases.begin("sorting %,d faces", count);
    JavaRDD<NumberedFace> numbered = FaceNumbers.number(faces, plan.partitions());
    NearPairs near =
        new NearFaces(spark, options, plan, phases).pairs(numbered, count, folder + "/pairs");
    Dataset<Row> pairs = near.rows();
    phases.begin("connected components of %,d faces", count);
    Dataset<Row> components = components(numbered, count, pairs, folder + "/components");
    phases.begin("people among %,d faces", count);
    return new People(people(numbered, pairs, components), near.recall());
  }

  private Dataset<Row> people(
      JavaRDD<NumberedFace> numbered, Dataset<Row> pairs, Dataset<Row> components) {
    return byComponent(nodes(numbered, components))
        .cogroupSorted(
            byComponent(edges(pairs, components)),
            new Column[] {col(Components.NUMBER)},
            new Column[] {col(NearFaces.SOURCE), col(NearFaces.TARGET)},
            new ComponentPeople(options),
            Encoders.row(SCHEMA));
  }

  /**
   * Few faces are one component: whispers stay inside connected ones anyway, and the visits of one
   * run over all of them are those of dlib's own example, so that its answers come out.
   */
  private Dataset<Row> components(
      JavaRDD<NumberedFace> numbered, long count, Dataset<Row> pairs, String folder) {
    return count <= plan.blockFaces()
        ? Components.one(spark, numbered)
        : Components.of(pairs, folder);
  }

  /** Component, number, photo, face_id, dataset, uri; a face without near faces is a component. */
  private Dataset<Row> nodes(JavaRDD<NumberedFace> numbered, Dataset<Row> components) {
    JavaRDD<Row> rows =
        numbered.map(
            face ->
                RowFactory.create(
                    face.number(), face.photo(), face.faceId(), face.dataset(), face.uri()));
    return spark
        .createDataFrame(rows, NODES)
        .join(components, new String[] {Components.NUMBER}, "left_outer")
        .select(
            coalesce(col(Components.COMPONENT), col(Components.NUMBER)).as(Components.COMPONENT),
            col(Components.NUMBER),
            col(PHOTO),
            col(FacesTable.FACE_ID),
            col(FacesTable.DATASET),
            col(FacesTable.URI));
  }

  /** Component, source, target, distance. */
  private static Dataset<Row> edges(Dataset<Row> pairs, Dataset<Row> components) {
    return pairs
        .join(components, col(NearFaces.SOURCE).equalTo(col(Components.NUMBER)))
        .select(Components.COMPONENT, NearFaces.SOURCE, NearFaces.TARGET, NearFaces.DISTANCE);
  }

  private static KeyValueGroupedDataset<Long, Row> byComponent(Dataset<Row> rows) {
    return rows.groupByKey((MapFunction<Row, Long>) row -> row.getLong(0), Encoders.LONG());
  }
}
