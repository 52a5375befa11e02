package facelake.step.export;

import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;

import facelake.match.MatchVerdict;
import facelake.table.DuplicatesTable;
import facelake.table.FacesTable;
import facelake.table.MatchesTable;
import facelake.table.PeopleTable;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What else a lake says of people and photos: who stands in test sets, who may be one with whom,
 * and which photos are copies.
 */
public final class PersonFacts {
  private static final String TEST_PERSON = "test_person";
  private static final String TEST_FACE = "test_face";
  private static final String TEST_COPY = "test_copy";
  private static final String MAY_BE = "may_be";
  private static final String OTHER = "other";
  private static final String FACE = "face";
  private static final String PAIR = "pair";

  private final Dataset<Row> people;
  private final Dataset<Row> duplicates;
  private final Dataset<Row> matches;
  private final Column isTest;

  /**
   * Facts of a lake.
   *
   * @param tests datasets that nothing may be shared with
   */
  public PersonFacts(ExportTables tables, List<String> tests) {
    this.people = tables.people();
    this.duplicates = tables.duplicates();
    this.matches = tables.matches();
    this.isTest = col(PeopleTable.DATASET).isin(tests.toArray());
  }

  /**
   * Adds the facts.
   *
   * @param rows person_id, the person of the face, dataset and uri, and others
   */
  Dataset<Row> join(Dataset<Row> rows) {
    return rows.join(inTests(), new String[] {PeopleTable.PERSON_ID}, "left_outer")
        .join(
            inTests().toDF(LabelledCandidates.FACE_PERSON, TEST_FACE),
            new String[] {LabelledCandidates.FACE_PERSON},
            "left_outer")
        .withColumn(TEST_PERSON, coalesce(col(TEST_PERSON), col(TEST_FACE)))
        .join(inReview(), new String[] {PeopleTable.PERSON_ID}, "left_outer")
        .join(
            duplicates.select(
                DuplicatesTable.DATASET,
                DuplicatesTable.URI,
                DuplicatesTable.DUPLICATE_ID,
                DuplicatesTable.KIND,
                DuplicatesTable.KEEP,
                DuplicatesTable.BITS),
            new String[] {DuplicatesTable.DATASET, DuplicatesTable.URI},
            "left_outer")
        .join(testCopies(), new String[] {DuplicatesTable.DUPLICATE_ID}, "left_outer");
  }

  private Dataset<Row> inTests() {
    return people
        .where(isTest.and(PeopleTable.isSomebody()))
        .groupBy(PeopleTable.PERSON_ID)
        .agg(array_join(sort_array(collect_set(PeopleTable.DATASET)), ", ").as(TEST_PERSON));
  }

  private Dataset<Row> testCopies() {
    return duplicates
        .where(isTest)
        .groupBy(DuplicatesTable.DUPLICATE_ID)
        .agg(min(DuplicatesTable.URI).as(TEST_COPY));
  }

  /** The most probable other person of each whose identities have a pair for review. */
  private Dataset<Row> inReview() {
    Dataset<Row> pairs =
        matches
            .where(col(MatchesTable.VERDICT).equalTo(MatchVerdict.REVIEW.label()))
            .select(
                get(col(MatchesTable.BEST_PAIRS), lit(0)).as(PAIR), col(MatchesTable.PROBABILITY));
    return review(pairs, MatchesTable.FACE_A, MatchesTable.FACE_B)
        .union(review(pairs, MatchesTable.FACE_B, MatchesTable.FACE_A))
        .groupBy(PeopleTable.PERSON_ID)
        .agg(
            max_by(struct(OTHER, MatchesTable.PROBABILITY), struct(MatchesTable.PROBABILITY, OTHER))
                .as(MAY_BE));
  }

  private Dataset<Row> review(Dataset<Row> pairs, String own, String other) {
    Dataset<Row> of =
        people.where(PeopleTable.isSomebody()).select(PeopleTable.FACE_ID, PeopleTable.PERSON_ID);
    return pairs
        .select(
            col(PAIR).getField(own).as(FacesTable.FACE_ID),
            col(PAIR).getField(other).as(FACE),
            col(MatchesTable.PROBABILITY))
        .join(of, PeopleTable.FACE_ID)
        .join(of.toDF(FACE, OTHER), FACE)
        .where(col(PeopleTable.PERSON_ID).notEqual(col(OTHER)))
        .select(PeopleTable.PERSON_ID, OTHER, MatchesTable.PROBABILITY);
  }

  static ExportRule.Admission admission(Row row) {
    Row mayBe = row.getAs(MAY_BE);
    return new ExportRule.Admission(
        row.getAs(Standing.LOST),
        row.getAs(Standing.CHANGED),
        row.getAs(FacesTable.SIZE),
        row.getAs(TEST_PERSON),
        row.getAs(TEST_COPY),
        mayBe == null ? null : mayBe.getAs(OTHER),
        mayBe == null ? 0 : mayBe.<Double>getAs(MatchesTable.PROBABILITY));
  }
}
