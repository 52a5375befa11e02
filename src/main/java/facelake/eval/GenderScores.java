package facelake.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * How often a gender classifier is right, of some faces.
 *
 * @param kind of the group that the faces are of; empty for all faces
 * @param group its name; empty for all faces
 * @param men what is said of men
 * @param women what is said of women
 */
public record GenderScores(String kind, String group, Said men, Said women) {

  /**
   * What is said of faces of one gender.
   *
   * @param male faces called male
   * @param female faces called female
   * @param unknown faces without an answer
   * @param rightAtOneHalf faces on whose side of one half the probability is
   */
  public record Said(long male, long female, long unknown, long rightAtOneHalf) {
    private static Said of(List<GenderAnswer> answers) {
      return new Said(
          count(answers, answer -> answer.answer().equals(GenderAnswer.MALE)),
          count(answers, answer -> answer.answer().equals(GenderAnswer.FEMALE)),
          count(answers, answer -> !answer.isAnswered()),
          count(answers, GenderAnswer::isRightAtOneHalf));
    }

    private static long count(List<GenderAnswer> answers, Predicate<GenderAnswer> which) {
      return answers.stream().filter(which).count();
    }

    /** All of them. */
    public long faces() {
      return male + female + unknown;
    }

    /** The share on the right side of one half. */
    public Proportion accuracy() {
      return new Proportion(rightAtOneHalf, faces());
    }
  }

  /** The share of faces on the right side of one half, however unsure the classifier is. */
  public Proportion accuracy() {
    return new Proportion(men.rightAtOneHalf + women.rightAtOneHalf, men.faces() + women.faces());
  }

  /** The share of faces that get an answer. */
  public Proportion coverage() {
    return new Proportion(answered(), men.faces() + women.faces());
  }

  /** The share of right answers among the answers. */
  public Proportion answeredAccuracy() {
    return new Proportion(men.male + women.female, answered());
  }

  private long answered() {
    return men.male + men.female + women.male + women.female;
  }

  /** All faces first, then each group of each kind, in the order of the alphabet. */
  public static List<GenderScores> of(List<GenderAnswer> answers, List<String> kinds) {
    List<GenderScores> scores = new ArrayList<>();
    scores.add(of("", "", answers));
    for (int i = 0; i < kinds.size(); i++) {
      int kind = i;
      answers.stream()
          .filter(answer -> !answer.groups().get(kind).isEmpty())
          .collect(
              Collectors.groupingBy(
                  answer -> answer.groups().get(kind), TreeMap::new, Collectors.toList()))
          .forEach((group, some) -> scores.add(of(kinds.get(kind), group, some)));
    }
    return scores;
  }

  private static GenderScores of(String kind, String group, List<GenderAnswer> answers) {
    return new GenderScores(
        kind,
        group,
        Said.of(answers.stream().filter(GenderAnswer::male).toList()),
        Said.of(answers.stream().filter(answer -> !answer.male()).toList()));
  }
}
