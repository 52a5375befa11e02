package facelake.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facelake.eval.DedupeFindings.Match;
import facelake.eval.DedupeFindings.Name;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ann, Ben and Cy stand in both datasets; one photo of Ben has Cy's name on the right. */
class MatchRankingTest {
  private static final PlantedTruth TRUTH =
      new PlantedTruth(
          List.of(
              new PlantedTruth.Identity("left", "l1", "Ann"),
              new PlantedTruth.Identity("left", "l2", "Ben"),
              new PlantedTruth.Identity("left", "l3", "Cy"),
              new PlantedTruth.Identity("right", "r1", "Ann"),
              new PlantedTruth.Identity("right", "r2", "Ben"),
              new PlantedTruth.Identity("right", "r3", "Cy")),
          List.of(
              new PlantedTruth.Face("left", "b.jpg", "b", "l2", "Ben", false),
              new PlantedTruth.Face("right", "c.jpg", "c", "r3", "Ben", true)),
          List.of());

  private static final List<ScoredMatch> FOUND =
      List.of(
          match("left", "l1", 0, "right", "r1", 3, true),
          match("left", "l2", 0, "right", "r3", 2, true),
          match("left", "l2", 0, "right", "r2", 1, false),
          match("left", "l1", 1, "right", "r2", 9, true),
          match("left", "l1", 0, "left", "l2", 8, true));

  private final MatchRanking ranking = MatchRanking.of(FOUND, TRUTH);

  @Test
  void ranksMainPartsOfTwoDatasets() {
    assertThat(ranking.truePairs()).isEqualTo(3);
    assertThat(ranking.ranked().trueBeforeFirstFalse()).isOne();
    assertThat(ranking.ranked().bestF1().result()).isEqualTo(new PrecisionRecall(2, 1, 1));
  }

  @Test
  void tellsTheSurestErrorsAndThoseThatWrongLabelsMade() {
    assertThat(ranking.surestWrong(5))
        .singleElement()
        .satisfies(wrong -> assertThat(wrong.nearestPerson()).contains("Ben"));
    assertThat(ranking.surestMissed(5))
        .extracting(JudgedMatch::personOne)
        .containsExactly("Ben", "Cy");
    assertThat(ranking.surestMissed(1)).hasSize(1);
    assertThat(ranking.wrongByLabels()).isEqualTo(new Proportion(1, 1));
  }

  @Test
  void writesAllPairsAndThoseThatWereNotFound() throws IOException {
    StringWriter out = new StringWriter();
    ranking.write(out);

    assertThat(out.toString().lines())
        .containsExactly(
            "dataset_a,identity_a,part_a,faces_a,person_a,dataset_b,identity_b,part_b,faces_b,"
                + "person_b,distance,score,probability,verdict,reason,right,nearest_uri_a,"
                + "nearest_person_a,nearest_uri_b,nearest_person_b",
            "left,l1,1,1,Ann,right,r2,0,1,Ben,0.5,9.0,0.9,same,evidence,,,,,",
            "left,l1,0,1,Ann,left,l2,0,1,Ben,0.5,8.0,0.9,same,evidence,,,,,",
            "left,l1,0,1,Ann,right,r1,0,1,Ann,0.5,3.0,0.9,same,evidence,true,,,,",
            "left,l2,0,1,Ben,right,r3,0,1,Cy,0.5,2.0,0.9,same,evidence,false,b.jpg,Ben,c.jpg,Ben",
            "left,l2,0,1,Ben,right,r2,0,1,Ben,0.5,1.0,0.9,review,evidence,true,,,,",
            "left,l3,,,Cy,right,r3,,,Cy,,,,,,true,,,,");
  }

  @Test
  void refusesAPairThatStandsThereTwice() {
    List<ScoredMatch> twice =
        List.of(
            match("left", "l1", 0, "right", "r1", 3, true),
            match("right", "r1", 0, "left", "l1", 2, true));

    assertThatThrownBy(() -> MatchRanking.of(twice, TRUTH)).hasMessageContaining("twice");
  }

  @Test
  void listsFacesThatAreListedOrShouldBe() throws IOException {
    StringWriter out = new StringWriter();
    Name proposed = new Name("right", "r2");
    new JudgedFaces(List.of(new ListedFace("b", "outlier", proposed, 0.7, 0.8)), TRUTH).write(out);

    assertThat(out.toString().lines())
        .containsExactly(
            "dataset,identity,identity_person,kind,face_id,uri,person,wrong_label,distance,"
                + "proposed_dataset,proposed_identity,proposed_person,probability,right",
            "left,l2,Ben,outlier,b,b.jpg,Ben,false,0.7,right,r2,Ben,0.8,false",
            "right,r3,Cy,,c,c.jpg,Ben,true,,,,,,true");
  }

  private static ScoredMatch match(
      String datasetA, String a, int partA, String datasetB, String b, double score, boolean same) {
    boolean byLabel = b.equals("r3");
    return new ScoredMatch(
        new Match(new Name(datasetA, a), new Name(datasetB, b)),
        partA,
        0,
        1,
        1,
        0.5,
        score,
        0.9,
        same ? "same" : "review",
        same,
        "evidence",
        byLabel ? "b" : null,
        byLabel ? "c" : null);
  }
}
