package facelake.match;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whom faces show, by the gallery faces near them.
 *
 * <p>Each of the kept {@link Neighbours} under the threshold t has a vote for its person, of the
 * weight {@code (t - distance)^2}: a form of the distance-weighted nearest-neighbour rule (Dudani,
 * IEEE Transactions on Systems, Man, and Cybernetics 6(4), 1976). On LFW, equal votes give 1.6 to
 * 2.7 times as many wrong names, since far faces of a person with many photos outvote a near one;
 * the nearest face alone is a little better where all labels of the gallery are right, and worse
 * where one in ten is wrong (docs/accuracy.md).
 *
 * <p>The probability of a person at distance d is {@code L(d) / (people + sum of L)}, L being the
 * {@link DistanceLikelihood} and the sum over the nearest {@value Neighbours#PEOPLE} people: Bayes'
 * rule, where a face is held beforehand to show nobody of the gallery as likely as somebody, and
 * each of its people as likely as any other. So a larger gallery, in which a stranger resembles
 * somebody sooner, wants smaller distances.
 *
 * @param threshold over 0; only gallery faces at a smaller distance vote
 * @param people that the gallery has, 1 or more
 * @param likelihood of the embedder's distances; null where it is not known
 */
public record NamingRule(double threshold, int people, DistanceLikelihood likelihood)
    implements Serializable {
  /**
   * A face of a photo.
   *
   * @param faceId unique in the photo
   * @param candidates of {@link #candidates}
   */
  public record Face(String faceId, List<Candidate> candidates) {}

  private record Claim(Face face, Candidate candidate) {
    static final Comparator<Claim> STRONGER =
        Comparator.comparing(Claim::candidate).thenComparing(claim -> claim.face().faceId());
  }

  /**
   * The people whom a face may show, the best first.
   *
   * @param neighbours as {@link Neighbours#nearest} gives them
   */
  public List<Candidate> candidates(List<Neighbour> neighbours) {
    Map<String, List<Neighbour>> byName = new LinkedHashMap<>();
    neighbours.forEach(
        each -> byName.computeIfAbsent(each.name(), key -> new ArrayList<>()).add(each));
    double sum = byName.values().stream().mapToDouble(faces -> ratio(faces.get(0))).sum();
    return byName.values().stream().map(faces -> candidate(faces, sum)).sorted().toList();
  }

  private Candidate candidate(List<Neighbour> faces, double sum) {
    List<Neighbour> voters = faces.stream().filter(face -> face.distance() < threshold).toList();
    Neighbour nearest = faces.get(0);
    return new Candidate(
        nearest.name(),
        nearest.distance(),
        voters.size(),
        voters.stream().mapToDouble(this::weight).sum(),
        likelihood == null ? null : ratio(nearest) / (people + sum));
  }

  private double weight(Neighbour voter) {
    return (threshold - voter.distance()) * (threshold - voter.distance());
  }

  private double ratio(Neighbour nearest) {
    return likelihood == null ? 0 : likelihood.ratio(nearest.distance());
  }

  /**
   * Who is who in one photo: the candidate of each face that gets one, by the face's id. Nobody is
   * in a photo twice: where two faces want a name, the one with the greater weight for it gets it,
   * and the other its next candidate under the threshold, or none.
   */
  public static Map<String, Candidate> names(List<Face> ofOnePhoto) {
    List<Claim> claims =
        ofOnePhoto.stream()
            .flatMap(face -> face.candidates().stream().map(each -> new Claim(face, each)))
            .filter(claim -> claim.candidate().votes() > 0)
            .sorted(Claim.STRONGER)
            .toList();
    Map<String, Candidate> names = new LinkedHashMap<>();
    Set<String> taken = new HashSet<>();
    for (Claim claim : claims) {
      String face = claim.face().faceId();
      if (!names.containsKey(face) && taken.add(claim.candidate().name())) {
        names.put(face, claim.candidate());
      }
    }
    return names;
  }
}
