package facelake.eval;

import facelake.eval.DedupeFindings.Name;
import java.io.IOException;
import java.io.Writer;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Faces that are said not to be of their identity, with who they are. */
public final class JudgedFaces {
  private static final ListedFace NOT_LISTED = new ListedFace(null, null, null, null, null);

  private final Map<String, ListedFace> listed = new HashMap<>();
  private final PlantedTruth truth;
  private final Names names;

  /**
   * Judges a list.
   *
   * @param listed each face once
   */
  public JudgedFaces(Collection<ListedFace> listed, PlantedTruth truth) {
    listed.forEach(face -> this.listed.put(face.faceId(), face));
    this.truth = truth;
    this.names = new Names(truth);
  }

  /**
   * Writes the listed faces and those that should have been listed as CSV: the former have a kind.
   * {@code right} is whether a face rightly stands in the list, or would; it is empty where nobody
   * knows who the face is.
   */
  public void write(Writer out) throws IOException {
    Csv.write(
        out,
        "dataset",
        "identity",
        "identity_person",
        "kind",
        "face_id",
        "uri",
        "person",
        "wrong_label",
        "distance",
        "proposed_dataset",
        "proposed_identity",
        "proposed_person",
        "probability",
        "right");
    for (PlantedTruth.Face face : truth.faces()) {
      ListedFace found = listed.get(face.faceId());
      String own = names.person(Names.of(face));
      boolean wrong = face.person() != null && !face.person().equals(own);
      if (found != null || wrong) {
        write(out, face, own, found == null ? NOT_LISTED : found, wrong);
      }
    }
  }

  private void write(
      Writer out, PlantedTruth.Face face, String own, ListedFace found, boolean wrong)
      throws IOException {
    Name proposed = found.proposed();
    Csv.write(
        out,
        face.dataset(),
        face.identity(),
        own,
        found.kind(),
        face.faceId(),
        face.uri(),
        face.person(),
        face.wrongLabel(),
        found.distance(),
        proposed == null ? null : proposed.dataset(),
        proposed == null ? null : proposed.identity(),
        proposed == null ? null : names.person(proposed),
        found.probability(),
        face.person() == null ? null : wrong);
  }
}
