package facelake.table;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.StructType;

/**
 * What a table is, before it stands anywhere.
 *
 * @param name its folder in the lake, and its name in SQL
 * @param comment one sentence that stands in the table
 * @param schema the columns with their comments
 * @param partitions the columns that split the table into folders
 * @param checks conditions that each row fulfils, by name; null counts as a violation
 * @param properties further Delta table properties
 */
record TableSpec(
    String name,
    String comment,
    StructType schema,
    List<String> partitions,
    Map<String, String> checks,
    Map<String, String> properties) {}
