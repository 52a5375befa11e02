package facelake.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NamingRuleTest {
  private static final DistanceLikelihood LIKELIHOOD = new DistanceLikelihood(6, 10);
  private static final NamingRule RULE = new NamingRule(0.6, 3, LIKELIHOOD);

  @Test
  void weighsVotesByHowNearTheyAre() {
    List<Candidate> one =
        RULE.candidates(
            List.of(
                near("1", "ann", 0.3f),
                near("2", "bob", 0.5f),
                near("3", "bob", 0.5f),
                near("4", "bob", 0.55f),
                near("5", "eve", 0.7f)));

    assertThat(one).extracting(Candidate::name).containsExactly("ann", "bob", "eve");
    assertThat(one).extracting(Candidate::votes).containsExactly(1, 3, 0);
    assertThat(one.get(0).weight()).isCloseTo(0.09, within(1e-6));
    assertThat(one.get(1).weight()).isCloseTo(0.0225, within(1e-6));
    assertThat(one.get(2).weight()).isZero();
  }

  @Test
  void severalFacesOutvoteAWrongLabel() {
    List<Candidate> some =
        RULE.candidates(
            List.of(near("1", "bob", 0.3f), near("2", "ann", 0.32f), near("3", "ann", 0.35f)));

    assertThat(some.get(0).name()).isEqualTo("ann");
  }

  @Test
  void atTheThresholdIsNotNear() {
    NamingRule rule = new NamingRule(0.5f, 3, LIKELIHOOD);

    assertThat(rule.candidates(List.of(near("1", "ann", 0.5f))).get(0).votes()).isZero();
    assertThat(rule.candidates(List.of(near("1", "ann", Math.nextDown(0.5f)))).get(0).votes())
        .isOne();
  }

  @Test
  void probabilityIsBayesRule() {
    List<Candidate> two = RULE.candidates(List.of(near("1", "ann", 0.5f), near("2", "bob", 0.6f)));

    assertThat(two.get(0).probability()).isCloseTo(Math.E / (3 + Math.E + 1), within(1e-6));
    assertThat(two.get(1).probability()).isCloseTo(1 / (3 + Math.E + 1), within(1e-6));
  }

  @Test
  void probabilityFallsWithDistanceAndWithTheSizeOfTheGallery() {
    double before = 1;
    for (float distance = 0; distance < 2; distance += 0.125f) {
      double probability = probability(RULE, distance);
      assertThat(probability).isBetween(0.0, before);
      assertThat(probability(new NamingRule(0.6, 1000, LIKELIHOOD), distance))
          .isLessThan(probability);
      before = probability;
    }
  }

  @Test
  void saysNothingOfProbabilityWhereDistancesAreNotKnown() {
    NamingRule rule = new NamingRule(0.6, 3, null);

    Candidate ann = rule.candidates(List.of(near("1", "ann", 0.3f))).get(0);
    assertThat(ann.probability()).isNull();
    assertThat(ann.votes()).isOne();
  }

  @Test
  void givesANameOnceInAPhoto() {
    List<NamingRule.Face> faces =
        List.of(
            face("f1", near("1", "ann", 0.2f), near("2", "bob", 0.5f)),
            face("f2", near("1", "ann", 0.1f), near("2", "bob", 0.3f)),
            face("f3", near("1", "ann", 0.3f), near("3", "eve", 0.7f)),
            face("f4", near("4", "eve", 0.9f)));

    Map<String, Candidate> names = NamingRule.names(faces);

    assertThat(names).containsOnlyKeys("f1", "f2");
    assertThat(names.get("f2").name()).isEqualTo("ann");
    assertThat(names.get("f1").name()).isEqualTo("bob");
  }

  @Test
  void settlesEqualClaimsByTheFace() {
    List<NamingRule.Face> faces =
        List.of(face("f2", near("1", "ann", 0.2f)), face("f1", near("1", "ann", 0.2f)));

    assertThat(NamingRule.names(faces)).containsOnlyKeys("f1");
  }

  private static double probability(NamingRule rule, float distance) {
    return rule.candidates(List.of(near("1", "ann", distance))).get(0).probability();
  }

  private static NamingRule.Face face(String faceId, Neighbour... near) {
    return new NamingRule.Face(faceId, RULE.candidates(List.of(near)));
  }

  private static Neighbour near(String faceId, String name, float distance) {
    return new Neighbour(faceId, name, distance);
  }
}
