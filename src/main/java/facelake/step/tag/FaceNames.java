package facelake.step.tag;

import facelake.match.Candidate;
import facelake.match.NamingRule;
import facelake.match.Neighbour;
import facelake.match.Neighbours;
import facelake.table.TagVerdict;
import facelake.table.TagsTable;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * The names of faces, photo by photo, by the gallery faces near them.
 *
 * @param rule who gets which name
 * @param top most candidates that are told of a face
 */
public record FaceNames(NamingRule rule, int top) implements Serializable {
  /** The columns of {@link TagsTable} that say what was found of a face. */
  public static final StructType SCHEMA =
      new StructType()
          .add(TagsTable.SCHEMA.apply(TagsTable.FACE_ID))
          .add(TagsTable.SCHEMA.apply(TagsTable.DATASET))
          .add(TagsTable.SCHEMA.apply(TagsTable.URI))
          .add(TagsTable.SCHEMA.apply(TagsTable.VERDICT))
          .add(TagsTable.SCHEMA.apply(TagsTable.PERSON))
          .add(TagsTable.SCHEMA.apply(TagsTable.DISTANCE))
          .add(TagsTable.SCHEMA.apply(TagsTable.MARGIN))
          .add(TagsTable.SCHEMA.apply(TagsTable.VOTES))
          .add(TagsTable.SCHEMA.apply(TagsTable.PROBABILITY))
          .add(TagsTable.SCHEMA.apply(TagsTable.CANDIDATES))
          .add(TagsTable.SCHEMA.apply(TagsTable.NEIGHBOURS))
          .add(TagsTable.SCHEMA.apply(TagsTable.FACE_RUN));

  /**
   * Rows of {@link #SCHEMA}, one a face.
   *
   * @param found rows of {@link NearestGallery#FOUND}; of several of one face all count
   */
  public Dataset<Row> of(Dataset<Row> found) {
    return found
        .groupByKey(
            (MapFunction<Row, String>) row -> row.getString(1) + "\n" + row.getString(2),
            Encoders.STRING())
        .flatMapGroups(
            (FlatMapGroupsFunction<String, Row, Row>) (photo, rows) -> named(rows),
            Encoders.row(SCHEMA));
  }

  private Iterator<Row> named(Iterator<Row> ofOnePhoto) {
    Map<String, Row> rows = new TreeMap<>();
    Map<String, List<Neighbour>> near = new TreeMap<>();
    ofOnePhoto.forEachRemaining(
        row -> {
          rows.put(row.getString(0), row);
          near.computeIfAbsent(row.getString(0), key -> new ArrayList<>())
              .addAll(NeighbourColumn.neighbours(row, 4));
        });
    near.replaceAll((face, all) -> Neighbours.nearest(all));
    List<NamingRule.Face> faces =
        near.entrySet().stream()
            .map(each -> new NamingRule.Face(each.getKey(), rule.candidates(each.getValue())))
            .toList();
    Map<String, Candidate> names = NamingRule.names(faces);
    return faces.stream()
        .map(
            face ->
                row(
                    rows.get(face.faceId()),
                    face.candidates(),
                    names.get(face.faceId()),
                    near.get(face.faceId())))
        .iterator();
  }

  private Row row(Row face, List<Candidate> candidates, Candidate name, List<Neighbour> near) {
    Candidate told = name == null ? candidates.get(0) : name;
    return RowFactory.create(
        face.get(0),
        face.get(1),
        face.get(2),
        (name == null ? TagVerdict.UNKNOWN : TagVerdict.NAMED).label(),
        name == null ? null : name.name(),
        told.distance(),
        margin(told, candidates),
        told.votes(),
        told.probability(),
        candidates.stream().limit(top).map(FaceNames::value).toArray(Row[]::new),
        NeighbourColumn.value(near),
        face.get(3));
  }

  /** Null where there is nobody else. */
  private static Float margin(Candidate told, List<Candidate> candidates) {
    return candidates.stream()
        .filter(other -> !other.name().equals(told.name()))
        .map(Candidate::distance)
        .min(Float::compare)
        .map(nearest -> nearest - told.distance())
        .orElse(null);
  }

  private static Row value(Candidate candidate) {
    return RowFactory.create(
        candidate.name(), candidate.distance(), candidate.votes(), candidate.probability());
  }
}
