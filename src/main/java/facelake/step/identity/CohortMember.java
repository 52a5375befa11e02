package facelake.step.identity;

import facelake.Sha256;
import facelake.match.Cohort;
import facelake.match.EmbeddingBlock;
import facelake.table.CohortTable;
import facelake.table.EmbeddingColumn;
import facelake.table.FacesTable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/**
 * A member of a {@link Cohort}, as it stands in {@link CohortTable}.
 *
 * @param key a number for dataset and identity
 * @param mean of the embeddings of a few of its faces
 */
public record CohortMember(String dataset, String identity, long key, float[] mean) {
  /** Raised by hand whenever this code would measure other parts for the same faces and cohort. */
  private static final String CODE_VERSION = "2";

  private static final int NAME_LENGTH = 16;

  private static final StructType SCHEMA =
      new StructType()
          .add(CohortTable.SCHEMA.apply(CohortTable.PLACE))
          .add(CohortTable.SCHEMA.apply(CohortTable.DATASET))
          .add(CohortTable.SCHEMA.apply(CohortTable.IDENTITY))
          .add(CohortTable.SCHEMA.apply(CohortTable.KEY))
          .add(CohortTable.SCHEMA.apply(CohortTable.MEAN));

  /** The cohort of these members, two at least. */
  public static Cohort cohort(List<CohortMember> members) {
    return new Cohort(
        EmbeddingBlock.of(members.stream().map(CohortMember::mean).toList()),
        members.stream().mapToLong(CohortMember::key).toArray());
  }

  /**
   * The name of a cohort: 16 hex digits of a SHA-256 over all that measures depend on, which are
   * the members in their order, the embedder, and the version of the code that measures.
   */
  public static String nameOf(List<CohortMember> members, String embedder) {
    byte[] method = (CODE_VERSION + "\n" + embedder + "\n").getBytes(StandardCharsets.UTF_8);
    int each = Long.BYTES + FacesTable.EMBEDDING_LENGTH * Float.BYTES;
    ByteBuffer bytes = ByteBuffer.allocate(method.length + members.size() * each);
    bytes.put(method);
    for (CohortMember member : members) {
      bytes.putLong(member.key);
      for (float value : member.mean) {
        bytes.putFloat(value);
      }
    }
    return Sha256.hex(bytes.array()).substring(0, NAME_LENGTH);
  }

  /** The members in rows of {@link CohortTable}, in order of their places. */
  public static List<CohortMember> read(Dataset<Row> rows) {
    Column[] columns =
        Arrays.stream(SCHEMA.fieldNames()).map(functions::col).toArray(Column[]::new);
    return rows.select(columns).orderBy(CohortTable.PLACE).collectAsList().stream()
        .map(
            row ->
                new CohortMember(
                    row.getString(1),
                    row.getString(2),
                    row.getLong(3),
                    EmbeddingColumn.floats(row, 4)))
        .toList();
  }

  /** The columns of {@link CohortTable} that are about the members. */
  public static Dataset<Row> rows(SparkSession spark, List<CohortMember> members) {
    List<Row> rows = new ArrayList<>();
    for (CohortMember member : members) {
      rows.add(
          RowFactory.create(
              rows.size(),
              member.dataset,
              member.identity,
              member.key,
              EmbeddingColumn.value(member.mean)));
    }
    return spark.createDataFrame(rows, SCHEMA).coalesce(1);
  }
}
