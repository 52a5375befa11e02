package facelake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import facelake.eval.DedupeFindings;
import facelake.eval.DedupeFindings.Match;
import facelake.eval.DedupeFindings.Name;
import facelake.eval.DedupeScores;
import facelake.eval.MatchRanking;
import facelake.eval.PlantedTruth;
import facelake.eval.ScoredMatch;
import facelake.job.EvaluateDedupeResult;
import facelake.job.PlantedResult;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EvaluateDedupeCommandTest {
  private static final PlantedTruth TRUTH =
      new PlantedTruth(
          List.of(
              new PlantedTruth.Identity("left", "l1", "Ann"),
              new PlantedTruth.Identity("left", "l2", "Ben"),
              new PlantedTruth.Identity("right", "r1", "Ann"),
              new PlantedTruth.Identity("right", "r2", "Ben")),
          List.of(
              new PlantedTruth.Face("left", "a.jpg", "a", "l1", "Ann", false),
              new PlantedTruth.Face("right", "b.jpg", "b", "r1", "Ann", false),
              new PlantedTruth.Face("right", "c.jpg", "c", "r2", "Ann", true)),
          List.of(new PlantedTruth.Copy("left", "a.jpg", "right", "b.jpg", "halved")));

  private final StringWriter out = new StringWriter();

  @Test
  void printsScoresAndTheSurestErrors() {
    Name l1 = new Name("left", "l1");
    Match right = new Match(l1, new Name("right", "r1"));
    Match wrong = new Match(l1, new Name("right", "r2"));
    List<ScoredMatch> matches = List.of(match(right, 2, "b"), match(wrong, 3, "c"));
    DedupeFindings findings =
        new DedupeFindings(
            Map.of("a", "p", "b", "p"), List.of(right, wrong), Map.of("c", l1), Map.of());

    new DedupeScoresReport(new PrintWriter(out))
        .print(
            new EvaluateDedupeResult(
                Optional.of(new PlantedResult(2, 2, 4, 3, 1, 0, 0, TRUTH, 1)),
                DedupeScores.of(findings, TRUTH),
                MatchRanking.of(matches, TRUTH),
                List.of("file:/scores/scores.json"),
                1.25));

    assertThat(out)
        .hasToString(
            """
            Planted: 3 photos of 2 people, 2 of them in both datasets, under 4 names; 1 wrong labels, 0 shared names, 1 copies
            3 faces of known people; 2 pairs of identities of two datasets are one person

                                                           precision                recall     F1  right  wrong  missed
            ----------------------------------  --------------------  --------------------  -----  -----  -----  ------
            people: pairs of faces              1.000 [0.207, 1.000]  0.333 [0.061, 0.792]  0.500      1      0       2
            people: B-cubed                                    1.000                 0.556  0.714
            identities: verdict same            0.500 [0.095, 0.905]  0.500 [0.095, 0.905]  0.500      1      1       1
            identities: best F1, score 2.000    0.500 [0.095, 0.905]  0.500 [0.095, 0.905]  0.500      1      1       1
            identities: precision 0.99                          none  0.000 [0.000, 0.658]  0.000      0      0       2
            identities: before the first wrong                        0.000 [0.000, 0.658]             0              2
            labels: faces listed                1.000 [0.207, 1.000]  1.000 [0.207, 1.000]  1.000      1      0       0
            labels: wrong ones listed                                 1.000 [0.207, 1.000]             1              0
            labels: shared names listed                                               none             0              0
            labels: proposed names              1.000 [0.207, 1.000]                                   1      0
            copies: halved                                            0.000 [0.000, 0.793]             0              1

            1 of these faces got no person, and count as alone.
            0 pairs of photos are called one that were not planted, 0 of them of two people.
            1 of the 1 wrong pairs with verdict same hang on photos with another's name: their nearest faces are of one person.
            In brackets: 95 % intervals (Wilson), as if pairs of faces were independent, which they are not.

            Pairs of two people with the highest scores:
              left/l1 and right/r2: Ann and Ben (same: evidence, score 3.000, probability 0.9000, distance 0.50); the nearest faces are of Ann and Ann

            Pairs of one person that are not called so, the highest scores first:
              left/l2 and right/r2: Ben (not among the matches)

            Written (1.3 s):
              file:/scores/scores.json
            """);
  }

  @Test
  void wantsADatasetOrATruth() {
    assertThat(refusal())
        .isEqualTo(
            "facelake: name a labelled dataset with --dataset, to plant others from it, or a file"
                + " with --truth\n");
  }

  @Test
  void plantsNothingWithATruth() {
    assertThat(refusal("--truth", "who.csv", "--seed", "3"))
        .isEqualTo("facelake: with --truth nothing is planted; leave out --seed, or --truth\n");
  }

  @Test
  void refusesWrongSharesBeforeSparkStarts() {
    assertThat(refusal("--dataset", "lfw", "--overlap", "2"))
        .isEqualTo("facelake: overlap is 2.0; give a share from 0 to 1.0\n");
  }

  private static ScoredMatch match(Match pair, double score, String other) {
    return new ScoredMatch(pair, 0, 0, 1, 1, 0.5, score, 0.9, "same", true, "evidence", "a", other);
  }

  private static String refusal(String... options) {
    StringWriter err = new StringWriter();
    String[] command = {"evaluate", "dedupe", "--lake", "lake", "--out", "new"};
    String[] line =
        Stream.concat(Arrays.stream(command), Arrays.stream(options)).toArray(String[]::new);
    PrintWriter writer = new PrintWriter(err);
    assertThat(Main.run(Interruption.watched(), writer, writer, line)).isEqualTo(2);
    return err.toString();
  }
}
