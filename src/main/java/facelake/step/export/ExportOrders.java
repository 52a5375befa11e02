package facelake.step.export;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.when;

import facelake.spark.Iterators;
import facelake.table.FacesTable;
import facelake.table.ImagesTable;
import facelake.table.PeopleTable;
import java.util.Iterator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The pictures that an {@link ExportPlan} comes to, each with the number of its person and with a
 * name. Names follow from dataset and photo; where two photos of a person would have one name,
 * letters of either case counting as the same, each gets digits of a hash of its face.
 */
public final class ExportOrders {
  /** The number of the person, from 0 in the order of ids. */
  public static final String CLASS = "class";

  /** The file's name without extension. */
  static final String STEM = "stem";

  /** With its dot. */
  static final String EXTENSION = "extension";

  private static final String SAME = "same";
  private static final String PLACE = Standing.PLACE + ".";
  private static final int HASH_BITS = 256;
  private static final int HASH_DIGITS = 12;

  /** Sorted rows that the driver holds at most, some 20 MB. */
  private static final int ROWS_A_PARTITION = 20_000;

  private static final StructType NAMED =
      ExportPlan.SCHEMA
          .add(STEM, DataTypes.StringType, false)
          .add(EXTENSION, DataTypes.StringType, false);

  private static final StructType NUMBERED =
      new StructType()
          .add(PeopleTable.PERSON_ID, DataTypes.StringType, false)
          .add(CLASS, DataTypes.LongType, false);

  private ExportOrders() {}

  /**
   * The pictures: rows of a plan, with {@link #CLASS} and a name.
   *
   * @param format what names must be good for
   * @param chipSize pixels a side of a chip; 0 for photos, which keep their extension
   */
  public static Dataset<Row> of(
      SparkSession spark, Dataset<Row> plan, ExportFormat format, int chipSize) {
    String extension = chipSize == 0 ? null : PictureMaker.CHIP;
    Dataset<Row> exported = plan.where(ExportPlan.isExported());
    boolean keys = format == ExportFormat.WEBDATASET;
    Column hashed =
        concat(
            col(STEM),
            lit("-"),
            substring(sha2(col(FacesTable.FACE_ID), HASH_BITS), 1, HASH_DIGITS));
    Column[] name =
        keys
            ? new Column[] {col(PeopleTable.PERSON_ID), lower(col(STEM))}
            : new Column[] {col(PeopleTable.PERSON_ID), lower(concat(col(STEM), col(EXTENSION)))};
    return exported
        .map((MapFunction<Row, Row>) row -> named(row, keys, extension), Encoders.row(NAMED))
        .withColumn(SAME, count(lit(1)).over(Window.partitionBy(name)))
        .withColumn(STEM, when(col(SAME).gt(1), hashed).otherwise(col(STEM)))
        .drop(SAME)
        .join(classes(spark, exported), PeopleTable.PERSON_ID);
  }

  private static Row named(Row row, boolean key, String extension) {
    String uri = row.getAs(ImagesTable.URI);
    String base = FileNames.base(row.getAs(ImagesTable.DATASET), uri);
    Object[] own = IntStream.range(0, row.length()).mapToObj(row::get).toArray();
    Object[] name = {
      key ? FileNames.key(base) : base,
      extension == null ? FileNames.extension(uri, row.getAs(ImagesTable.FORMAT)) : extension
    };
    return RowFactory.create(Stream.of(own, name).flatMap(Stream::of).toArray());
  }

  private static Dataset<Row> classes(SparkSession spark, Dataset<Row> exported) {
    JavaRDD<Row> numbered =
        exported
            .select(PeopleTable.PERSON_ID)
            .distinct()
            .orderBy(PeopleTable.PERSON_ID)
            .javaRDD()
            .zipWithIndex()
            .map(person -> RowFactory.create(person._1().getString(0), person._2()));
    return spark.createDataFrame(numbered, NUMBERED);
  }

  /** The orders by where their photos lie, so that containers are read from end to end. */
  public static Column[] byPlace() {
    return new Column[] {
      col(PLACE + "container"), col(PLACE + "offset"), col(PLACE + "uri"), col(FacesTable.FACE_ID)
    };
  }

  /** The orders as a seed shuffles them. */
  public static Column[] shuffled(long seed) {
    return new Column[] {
      sha2(concat(lit(seed + "\n"), col(FacesTable.FACE_ID)), HASH_BITS), col(FacesTable.FACE_ID)
    };
  }

  /** The orders in an order, of which the driver holds one partition at a time. */
  public static Iterator<ExportOrder> sorted(Dataset<Row> orders, long count, Column... by) {
    return Iterators.map(inOrder(orders, count, by).toLocalIterator(), ExportOrder::of);
  }

  /** Rows in an order, in partitions that a driver can hold. */
  public static Dataset<Row> inOrder(Dataset<Row> rows, long count, Column... by) {
    int partitions = Math.toIntExact(1 + count / ROWS_A_PARTITION);
    return rows.repartitionByRange(partitions, by).sortWithinPartitions(by);
  }
}
