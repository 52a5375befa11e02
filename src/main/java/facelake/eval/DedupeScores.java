package facelake.eval;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * How right and complete findings about the identities of planted datasets are.
 *
 * @param people groups of faces against the people of these faces; faces of nobody known are left
 *     out, and a known one without a person counts as a person of its own
 * @param facesWithoutPerson known faces that were not given a person
 * @param matches pairs of identities of two datasets against the pairs of one person. Where two
 *     people share a name the person with more photos counts; a pair that is right for the other
 *     one is left out
 * @param labelIssues listed faces against the known faces that are of another person than their
 *     identity
 * @param wrongLabels of the photos' faces that were given another's name, those that were listed
 * @param sharedNames of the faces of the lesser of two people who share a name, those that were
 *     listed
 * @param proposals of the rightly listed faces with a proposed identity, those where it is right
 * @param copies of the planted copies of each kind, those that are in one group with their original
 * @param otherDuplicates pairs of photos in one group that were not planted; not all of them are
 *     wrong, since real datasets hold some photos twice
 * @param duplicatesOfTwoPeople how many of them are of two people, which is wrong or a wrong name
 *     in the dataset that was planted from
 */
public record DedupeScores(
    ClusterScores people,
    long facesWithoutPerson,
    PrecisionRecall matches,
    PrecisionRecall labelIssues,
    Proportion wrongLabels,
    Proportion sharedNames,
    Proportion proposals,
    SortedMap<String, Proportion> copies,
    long otherDuplicates,
    long duplicatesOfTwoPeople) {

  /** Compares findings with the truth. */
  public static DedupeScores of(DedupeFindings found, PlantedTruth truth) {
    Names names = new Names(truth);
    List<PlantedTruth.Face> known =
        truth.faces().stream().filter(face -> face.person() != null).toList();
    LabelScores labels = LabelScores.of(found.labelIssues(), known, names);
    DuplicateScores duplicates = DuplicateScores.of(found.duplicates(), truth);
    return new DedupeScores(
        people(found.people(), known),
        known.stream().filter(face -> !found.people().containsKey(face.faceId())).count(),
        MatchScores.of(found.matches(), names),
        labels.issues(),
        labels.wrongLabels(),
        labels.sharedNames(),
        labels.proposals(),
        duplicates.copies(),
        duplicates.others(),
        duplicates.ofTwoPeople());
  }

  private static ClusterScores people(Map<String, String> people, List<PlantedTruth.Face> known) {
    Map<String, Integer> foundNumbers = new HashMap<>();
    Map<String, Integer> trueNumbers = new HashMap<>();
    int[] found = new int[known.size()];
    int[] truth = new int[known.size()];
    for (int i = 0; i < known.size(); i++) {
      String person = people.get(known.get(i).faceId());
      // Negative numbers are nobody else's.
      found[i] = person == null ? -1 - i : number(foundNumbers, person);
      truth[i] = number(trueNumbers, known.get(i).person());
    }
    return ClusterScores.of(found, truth);
  }

  private static int number(Map<String, Integer> numbers, String name) {
    Integer next = numbers.size();
    Integer known = numbers.putIfAbsent(name, next);
    return known == null ? next : known;
  }
}
