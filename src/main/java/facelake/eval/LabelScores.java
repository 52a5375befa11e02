package facelake.eval;

import facelake.eval.DedupeFindings.Name;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Faces that are said to have another's name against those that have one. */
record LabelScores(
    PrecisionRecall issues, Proportion wrongLabels, Proportion sharedNames, Proportion proposals) {

  /**
   * Scores a list.
   *
   * @param listed proposed identities by face id
   * @param known the faces of which it is known who they are; others are left out
   */
  static LabelScores of(Map<String, Name> listed, List<PlantedTruth.Face> known, Names names) {
    List<PlantedTruth.Face> wrong =
        known.stream().filter(face -> !face.person().equals(names.person(Names.of(face)))).toList();
    Predicate<PlantedTruth.Face> isListed = face -> listed.containsKey(face.faceId());
    List<PlantedTruth.Face> proposed =
        wrong.stream().filter(face -> listed.get(face.faceId()) != null).toList();
    return new LabelScores(
        PrecisionRecall.of(known.stream().filter(isListed).toList(), wrong),
        share(wrong.stream().filter(PlantedTruth.Face::wrongLabel).toList(), isListed),
        share(wrong.stream().filter(names::sharesName).toList(), isListed),
        share(proposed, face -> names.person(listed.get(face.faceId())).equals(face.person())));
  }

  private static Proportion share(
      Collection<PlantedTruth.Face> faces, Predicate<PlantedTruth.Face> counted) {
    return new Proportion(faces.stream().filter(counted).count(), faces.size());
  }
}
