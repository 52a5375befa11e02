package facelake.step;

import facelake.spark.Stored;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.graphx.Graph;
import org.apache.spark.graphx.lib.ConnectedComponents;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import scala.Option;
import scala.Tuple2;
import scala.reflect.ClassTag;

/** Connected components of the near faces, by GraphX: no person reaches over two of them. */
final class Components {
  static final String NUMBER = "number";
  static final String COMPONENT = "component";

  private static final StructType SCHEMA =
      new StructType()
          .add(NUMBER, DataTypes.LongType, false)
          .add(COMPONENT, DataTypes.LongType, false);

  private static final ClassTag<Object> ANY = ClassTag.apply(Object.class);

  private Components() {}

  /**
   * Number and component of each face that has a near face, written to a folder: the graph's memory
   * is free again when this returns.
   *
   * @param pairs rows of {@link NearFaces#SCHEMA}
   * @param folder URI of a new folder that all executors reach; the caller removes it
   * @return the component is the smallest number in it
   */
  static Dataset<Row> of(Dataset<Row> pairs, String folder) {
    Graph<Object, Object> graph = graph(pairs);
    Graph<Object, Object> components = ConnectedComponents.run(graph, ANY, ANY);
    JavaRDD<Row> members =
        components
            .vertices()
            .toJavaRDD()
            .map(vertex -> RowFactory.create(vertex._1(), vertex._2()));
    SparkSession spark = pairs.sparkSession();
    spark.createDataFrame(members, SCHEMA).write().parquet(folder);
    components.unpersist(false);
    graph.unpersist(false);
    return Stored.read(spark, SCHEMA, folder);
  }

  /** All faces as one component, without looking at their pairs. */
  static Dataset<Row> one(SparkSession spark, JavaRDD<NumberedFace> faces) {
    return spark.createDataFrame(faces.map(face -> RowFactory.create(face.number(), 0L)), SCHEMA);
  }

  private static Graph<Object, Object> graph(Dataset<Row> pairs) {
    RDD<Tuple2<Object, Object>> edges =
        pairs
            .javaRDD()
            .map(pair -> new Tuple2<Object, Object>(pair.getLong(0), pair.getLong(1)))
            .rdd();
    StorageLevel storage = StorageLevel.MEMORY_AND_DISK();
    return Graph.fromEdgeTuples(edges, 0, Option.empty(), storage, storage, ANY);
  }
}
