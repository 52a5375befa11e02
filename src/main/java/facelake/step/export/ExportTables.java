package facelake.step.export;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What an export reads of a lake.
 *
 * @param images of the datasets that are exported
 * @param faces of these images
 * @param people of all datasets, in one scope
 * @param labelIssues of faces under their labels; empty where the scope knows no labels
 * @param duplicates of all datasets
 * @param matches of all datasets
 */
public record ExportTables(
    Dataset<Row> images,
    Dataset<Row> faces,
    Dataset<Row> people,
    Dataset<Row> labelIssues,
    Dataset<Row> duplicates,
    Dataset<Row> matches) {}
