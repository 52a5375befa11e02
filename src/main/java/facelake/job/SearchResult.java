package facelake.job;

import facelake.dlib.Box;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What {@link SearchJob} found.
 *
 * @param boxes of all faces of the photo, from left to right
 * @param rows rows of {@link SearchJob#SCHEMA}, the nearest first; in memory
 * @param searched faces of the lake that were looked at
 * @param seconds of the whole job
 */
public record SearchResult(List<Box> boxes, Dataset<Row> rows, long searched, double seconds) {}
