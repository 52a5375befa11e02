package facelake.step.export;

import java.io.Serializable;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What became of an {@link ExportOrder}.
 *
 * @param path the file that holds it, or would have, below the target
 * @param member what it is called in that file; null where it is the file
 * @param bytes length of the file; -1 where it was not written
 * @param outcome label of a {@link PhotoOutcome} where the photo turned out to be of no use; else
 *     null
 * @param reason the same in words, or null
 */
public record ExportedPicture(
    String faceId, String path, String member, long bytes, String outcome, String reason)
    implements Serializable {
  /** The fields by their names in JSON. */
  public static final StructType SCHEMA =
      new StructType()
          .add("faceId", DataTypes.StringType)
          .add("path", DataTypes.StringType)
          .add("member", DataTypes.StringType)
          .add("bytes", DataTypes.LongType)
          .add("outcome", DataTypes.StringType)
          .add("reason", DataTypes.StringType);

  static ExportedPicture written(ExportOrder order, long bytes) {
    return new ExportedPicture(order.faceId(), order.path(), order.member(), bytes, null, null);
  }

  static ExportedPicture lost(ExportOrder order, PhotoOutcome outcome, String reason) {
    return new ExportedPicture(
        order.faceId(), order.path(), order.member(), -1, outcome.label(), reason);
  }

  /** Whether its photo was of use. */
  public boolean exists() {
    return outcome == null;
  }
}
