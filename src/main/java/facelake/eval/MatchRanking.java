package facelake.eval;

import facelake.eval.DedupeFindings.Match;
import facelake.eval.DedupeFindings.Name;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Pairs of identities in the order of their scores, and whether each is of one person. */
public final class MatchRanking {
  private static final Comparator<JudgedMatch> SUREST_FIRST =
      Comparator.comparingDouble(JudgedMatch::score)
          .reversed()
          .thenComparing(match -> match.pair().toString());

  private final List<JudgedMatch> matches;
  private final RankedPairs ranked;
  private final long truePairs;

  private MatchRanking(List<JudgedMatch> matches, long truePairs) {
    this.matches = matches;
    this.truePairs = truePairs;
    List<JudgedMatch> counted =
        matches.stream()
            .filter(match -> match.found().isPresent() && match.right().isPresent())
            .toList();
    boolean[] same = new boolean[counted.size()];
    for (int i = 0; i < same.length; i++) {
      same[i] = counted.get(i).isRight();
    }
    this.ranked =
        RankedPairs.of(counted.stream().mapToDouble(JudgedMatch::score).toArray(), same, truePairs);
  }

  /**
   * Ranks pairs.
   *
   * @param found one row for each two parts of identities
   * @param truth that knows all these identities
   */
  public static MatchRanking of(Collection<ScoredMatch> found, PlantedTruth truth) {
    Names names = new Names(truth);
    Map<String, PlantedTruth.Face> faces = new HashMap<>();
    truth.faces().forEach(face -> faces.put(face.faceId(), face));
    Set<Set<Name>> missing = MatchScores.truePairs(names);
    long truePairs = missing.size();
    List<JudgedMatch> judged = new ArrayList<>();
    Set<Set<Name>> counted = new HashSet<>();
    for (ScoredMatch match : found) {
      boolean counts = match.isMain() && MatchScores.counts(match.pair(), names);
      if (counts && !counted.add(MatchScores.pair(match.pair()))) {
        throw new IllegalArgumentException(match.pair() + " stands there twice");
      }
      Optional<Boolean> right =
          counts ? Optional.of(missing.remove(MatchScores.pair(match.pair()))) : Optional.empty();
      judged.add(
          new JudgedMatch(
              match.pair(),
              names.person(match.pair().one()),
              names.person(match.pair().other()),
              Optional.of(match),
              Optional.ofNullable(faces.get(match.faceOne())),
              Optional.ofNullable(faces.get(match.faceOther())),
              right));
    }
    missing.forEach(pair -> judged.add(notFound(pair, names)));
    judged.sort(SUREST_FIRST);
    return new MatchRanking(List.copyOf(judged), truePairs);
  }

  private static JudgedMatch notFound(Set<Name> pair, Names names) {
    List<Name> sorted =
        pair.stream()
            .sorted(Comparator.comparing(Name::dataset).thenComparing(Name::identity))
            .toList();
    String person = names.person(sorted.get(0));
    return new JudgedMatch(
        new Match(sorted.get(0), sorted.get(1)),
        person,
        person,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(true));
  }

  /** What thresholds on the score would give. */
  public RankedPairs ranked() {
    return ranked;
  }

  /** Pairs of identities of one person in two datasets. */
  public long truePairs() {
    return truePairs;
  }

  /** All pairs, the highest score first, and those of one person that were not found at the end. */
  public List<JudgedMatch> matches() {
    return matches;
  }

  /** Pairs of two people with the highest scores, whatever is held of them. */
  public List<JudgedMatch> surestWrong(int most) {
    return matches.stream().filter(JudgedMatch::isWrong).limit(most).toList();
  }

  /**
   * Of the pairs of two people that are said to be one person, those whose nearest faces are of one
   * person: photos with another's name have come to stand for a name.
   */
  public Proportion wrongByLabels() {
    List<JudgedMatch> wrong =
        matches.stream().filter(match -> match.isWrong() && match.isSaid()).toList();
    return new Proportion(
        wrong.stream().filter(match -> match.nearestPerson().isPresent()).count(), wrong.size());
  }

  /** Pairs of one person of which that is not held, those with the highest scores. */
  public List<JudgedMatch> surestMissed(int most) {
    return matches.stream()
        .filter(match -> match.isRight() && !match.isSaid())
        .limit(most)
        .toList();
  }

  /**
   * Writes all pairs as CSV. {@code right} is {@code true} or {@code false}, and empty where a pair
   * is not counted; a pair without a verdict is of one person and was not found.
   */
  public void write(Writer out) throws IOException {
    Csv.write(
        out,
        "dataset_a",
        "identity_a",
        "part_a",
        "faces_a",
        "person_a",
        "dataset_b",
        "identity_b",
        "part_b",
        "faces_b",
        "person_b",
        "distance",
        "score",
        "probability",
        "verdict",
        "reason",
        "right",
        "nearest_uri_a",
        "nearest_person_a",
        "nearest_uri_b",
        "nearest_person_b");
    for (JudgedMatch match : matches) {
      Name one = match.pair().one();
      Name other = match.pair().other();
      Optional<ScoredMatch> found = match.found();
      Csv.write(
          out,
          one.dataset(),
          one.identity(),
          found.map(ScoredMatch::partOne).orElse(null),
          found.map(ScoredMatch::facesOne).orElse(null),
          match.personOne(),
          other.dataset(),
          other.identity(),
          found.map(ScoredMatch::partOther).orElse(null),
          found.map(ScoredMatch::facesOther).orElse(null),
          match.personOther(),
          found.map(ScoredMatch::distance).orElse(null),
          found.map(ScoredMatch::score).orElse(null),
          found.map(ScoredMatch::probability).orElse(null),
          found.map(ScoredMatch::verdict).orElse(null),
          found.map(ScoredMatch::reason).orElse(null),
          match.right().orElse(null),
          match.faceOne().map(PlantedTruth.Face::uri).orElse(null),
          match.faceOne().map(PlantedTruth.Face::person).orElse(null),
          match.faceOther().map(PlantedTruth.Face::uri).orElse(null),
          match.faceOther().map(PlantedTruth.Face::person).orElse(null));
    }
  }
}
