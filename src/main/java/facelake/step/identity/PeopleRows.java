package facelake.step.identity;

import static org.apache.spark.sql.functions.array_min;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import facelake.match.PersonLineage;
import facelake.table.PeopleTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The people of a run: their faces, and their names after those of the run before. */
public final class PeopleRows {
  private static final String FACE = "face";
  private static final String GROUP = "group";

  private static final StructType IDS =
      new StructType()
          .add(PartRows.NUMBER, DataTypes.LongType, false)
          .add(PeopleTable.PERSON_ID, DataTypes.StringType, false)
          .add(PeopleTable.SIZE, DataTypes.IntegerType, false);

  private final SparkSession spark;
  private final Dataset<Row> parts;
  private final Resolved resolved;

  /**
   * The people of these parts.
   *
   * @param parts rows of {@link PartRows}
   */
  public PeopleRows(SparkSession spark, Dataset<Row> parts, Resolved resolved) {
    this.spark = spark;
    this.parts = parts;
    this.resolved = resolved;
  }

  /**
   * Names the people.
   *
   * @param before face_id and person_id of the run before; empty on the first run
   * @param staying the rows of before that this run does not look at
   * @param gone ids of people that became others
   */
  public PersonLineage.Result named(Dataset<Row> before, Dataset<Row> staying, List<String> gone) {
    List<String> people = ids(before);
    Set<String> used = new HashSet<>(people);
    used.addAll(gone);
    return new PersonLineage(PeopleTable.RESOLVED, used)
        .name(people, Set.copyOf(ids(staying)), overlaps(before), smallestFaceIds());
  }

  private static List<String> ids(Dataset<Row> people) {
    return people.select(PeopleTable.PERSON_ID).distinct().as(Encoders.STRING()).collectAsList();
  }

  /** Rows of {@link PeopleTable} with the size that each person has among them. */
  public static Dataset<Row> sized(Dataset<Row> people) {
    return people.withColumn(
        PeopleTable.SIZE,
        count(lit(1)).over(Window.partitionBy(PeopleTable.PERSON_ID)).cast(DataTypes.IntegerType));
  }

  private List<PersonLineage.Overlap> overlaps(Dataset<Row> before) {
    Broadcast<Resolved> known =
        JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(resolved);
    Dataset<Row> now =
        spark.createDataFrame(
            parts
                .select(col(PartRows.NUMBER), explode(col(PartRows.FACES + "." + PartRows.FACE_ID)))
                .javaRDD()
                .map(
                    row ->
                        RowFactory.create(row.getString(1), known.value().person(row.getLong(0)))),
            new StructType()
                .add(PeopleTable.FACE_ID, DataTypes.StringType, false)
                .add(GROUP, DataTypes.IntegerType, false));
    return before
        .join(now, PeopleTable.FACE_ID)
        .groupBy(PeopleTable.PERSON_ID, GROUP)
        .agg(count(lit(1)))
        .orderBy(PeopleTable.PERSON_ID, GROUP)
        .collectAsList()
        .stream()
        .map(row -> new PersonLineage.Overlap(row.getString(0), row.getInt(1), row.getLong(2)))
        .toList();
  }

  private String[] smallestFaceIds() {
    String[] smallest = new String[resolved.count()];
    Iterator<Row> rows =
        parts
            .select(col(PartRows.NUMBER), array_min(col(PartRows.FACES + "." + PartRows.FACE_ID)))
            .toLocalIterator();
    while (rows.hasNext()) {
      Row row = rows.next();
      int person = resolved.person(row.getLong(0));
      String faceId = row.getString(1);
      if (smallest[person] == null || faceId.compareTo(smallest[person]) < 0) {
        smallest[person] = faceId;
      }
    }
    return smallest;
  }

  /**
   * One row a face: the columns of {@link PeopleTable} without scope, threshold, embedder and run.
   *
   * @param ids of the people, see {@link #named}
   */
  public Dataset<Row> faces(String[] ids) {
    PartFacts facts = resolved.facts();
    int[] sizes = new int[ids.length];
    for (int place = 0; place < facts.count(); place++) {
      sizes[resolved.person(facts.number(place))] += facts.size(place);
    }
    List<Row> people = new ArrayList<>(facts.count());
    for (int place = 0; place < facts.count(); place++) {
      int person = resolved.person(facts.number(place));
      people.add(RowFactory.create(facts.number(place), ids[person], sizes[person]));
    }
    return parts
        .select(
            col(PartRows.NUMBER),
            col(PartRows.DATASET),
            col(PartRows.IDENTITY),
            col(PartRows.LABELLED),
            col(PartRows.PART),
            explode(col(PartRows.FACES)).as(FACE))
        .join(spark.createDataFrame(people, IDS), PartRows.NUMBER)
        .select(
            col(PeopleTable.PERSON_ID),
            col(FACE + "." + PartRows.FACE_ID).as(PeopleTable.FACE_ID),
            col(PartRows.DATASET).as(PeopleTable.DATASET),
            col(FACE + "." + PartRows.URI).as(PeopleTable.URI),
            col(PeopleTable.SIZE),
            when(col(PartRows.LABELLED), col(PartRows.IDENTITY)).as(PeopleTable.IDENTITY),
            col(PartRows.PART).as(PeopleTable.PART),
            col(FACE + "." + PartRows.ROLE).as(PeopleTable.ROLE));
  }
}
