package facelake.step.identity;

import facelake.match.Cohort;
import facelake.match.EmbeddingBlock;
import facelake.match.FaceRole;
import facelake.match.IdentityParts;
import facelake.match.IdentityScore;
import facelake.table.EmbeddingColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** One identity: its parts, as rows of {@link PartRows#MEASURED}. */
final class IdentityCut {
  /** Faces whose nearness to strangers says how near the faces of one person lie. */
  private static final int MEASURED = 5;

  /**
   * Two faces of one person are nearer than this times the distance of near strangers. On LFW with
   * 5 % wrong labels this finds 126 of 126 with 5 photos a label, at a precision of 0.90, and 189
   * of 198 with 2; at 1.15 precision was 0.75 with 5.
   */
  private static final double LIMIT_OVER_NEARNESS = 1.25;

  /** Faces of {@link PartRows#SHOWN}. */
  private static final int SHOWN = 32;

  private final List<IdentityFace> faces;
  private final Cohort cohort;
  private final double limit;
  private final EmbeddingBlock embeddings;
  private final List<int[]> parts;

  /** 0, or 1 where the identity has no main part. */
  private final int firstPart;

  IdentityCut(List<IdentityFace> faces, Cohort cohort) {
    this.faces = faces;
    this.cohort = cohort;
    this.embeddings = block(faces);
    this.limit = limit();
    int[] placed =
        IntStream.range(0, faces.size()).filter(i -> !faces.get(i).misplaced()).toArray();
    this.parts = placed.length == 0 ? new ArrayList<>() : cut(placed);
    this.firstPart = placed.length > 0 && isMain(parts.get(0)) ? 0 : 1;
    IntStream.range(0, faces.size())
        .filter(i -> faces.get(i).misplaced())
        .forEach(i -> parts.add(new int[] {i}));
  }

  private double limit() {
    List<float[]> measured =
        Arrays.stream(spread(MEASURED, faces.size()))
            .mapToObj(i -> faces.get(i).embedding())
            .toList();
    double[] nearness =
        Arrays.stream(cohort.nearness(EmbeddingBlock.of(measured), key()))
            .mapToDouble(Cohort.Nearness::mean)
            .sorted()
            .toArray();
    return LIMIT_OVER_NEARNESS * nearness[nearness.length / 2];
  }

  private long key() {
    return faces.get(0).key();
  }

  private boolean labelled() {
    return faces.get(0).labelled();
  }

  private List<int[]> cut(int[] placed) {
    List<IdentityFace> some = Arrays.stream(placed).mapToObj(faces::get).toList();
    List<IdentityParts.Apart> aparts = aparts(some);
    // A cluster was made by looks, and is cut only where a person says so.
    if (!labelled() && aparts.isEmpty()) {
      return new ArrayList<>(List.of(placed));
    }
    int[] labels =
        IdentityParts.of(
            block(some), some.stream().mapToLong(IdentityFace::photo).toArray(), aparts, limit);
    List<int[]> cut = new ArrayList<>();
    int count = Arrays.stream(labels).max().orElseThrow() + 1;
    for (int part = 0; part < count; part++) {
      int label = part;
      cut.add(
          IntStream.range(0, labels.length)
              .filter(i -> labels[i] == label)
              .map(i -> placed[i])
              .toArray());
    }
    return cut;
  }

  private static List<IdentityParts.Apart> aparts(List<IdentityFace> faces) {
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < faces.size(); i++) {
      places.put(faces.get(i).faceId(), i);
    }
    List<IdentityParts.Apart> aparts = new ArrayList<>();
    for (int i = 0; i < faces.size(); i++) {
      for (String other : faces.get(i).apart()) {
        Integer place = places.get(other);
        if (place != null && i < place) {
          aparts.add(new IdentityParts.Apart(i, place));
        }
      }
    }
    return aparts;
  }

  /** One part at a time: an identity of strangers may have as many as faces. */
  Iterator<Row> rows() {
    float[] firstMean = embeddings.mean(parts.get(0));
    Set<Long> mainPhotos = firstPart == 0 ? photos(parts.get(0)) : Set.of();
    return IntStream.range(0, parts.size())
        .mapToObj(place -> row(place, firstMean, mainPhotos))
        .iterator();
  }

  private Row row(int place, float[] firstMean, Set<Long> mainPhotos) {
    int[] part = parts.get(place);
    float[] mean = embeddings.mean(part);
    Cohort.Nearness nearness = cohort.nearness(mean, key());
    IdentityFace first = faces.get(0);
    return RowFactory.create(
        first.dataset(),
        first.identity(),
        first.key(),
        first.fingerprint(),
        first.labelled(),
        place + firstPart,
        part.length,
        EmbeddingColumn.value(mean),
        nearness.mean(),
        nearness.deviation(),
        limit,
        male(part),
        Arrays.stream(part)
            .mapToObj(face -> faces.get(face).photo())
            .distinct()
            .toArray(Long[]::new),
        Arrays.stream(part)
            .mapToObj(face -> face(face, place + firstPart, firstMean, mainPhotos))
            .toArray(Row[]::new),
        place + firstPart == 0 ? halves(part) : null,
        Arrays.stream(spread(SHOWN, part.length))
            .mapToObj(i -> shown(faces.get(part[i])))
            .toArray(Row[]::new));
  }

  /**
   * Whether a part is who the label says: it has most of the faces, those aside that stand beside
   * its own in a photo, and those whose label is wrong.
   */
  private boolean isMain(int[] part) {
    Set<Long> photos = photos(part);
    long elsewhere =
        faces.stream().filter(face -> !face.misplaced() && !photos.contains(face.photo())).count();
    return !labelled() || part.length > elsewhere;
  }

  private Set<Long> photos(int[] part) {
    return Arrays.stream(part)
        .mapToObj(face -> faces.get(face).photo())
        .collect(Collectors.toSet());
  }

  private Double male(int[] part) {
    double[] known =
        Arrays.stream(part)
            .mapToDouble(face -> faces.get(face).male())
            .filter(male -> !Double.isNaN(male))
            .toArray();
    return known.length == 0 ? null : Arrays.stream(known).sum() / known.length;
  }

  private static Row shown(IdentityFace face) {
    return RowFactory.create(face.faceId(), EmbeddingColumn.bytes(face.embedding()));
  }

  private Row face(int face, int part, float[] firstMean, Set<Long> mainPhotos) {
    IdentityFace is = faces.get(face);
    FaceRole role =
        part == 0
            ? FaceRole.MEMBER
            : mainPhotos.contains(is.photo()) ? FaceRole.BYSTANDER : FaceRole.OUTLIER;
    return RowFactory.create(
        is.faceId(), is.uri(), role.label(), embeddings.distanceTo(face, firstMean));
  }

  /**
   * The first half of the faces against the second: in order of uri, so that neighbouring frames of
   * a film, which are too much alike, stay on one side.
   */
  private Row halves(int[] part) {
    if (!labelled() || part.length < 2 || !cohort.has(key())) {
      return null;
    }
    int middle = part.length / 2;
    float[] a = embeddings.mean(Arrays.copyOf(part, middle));
    float[] b = embeddings.mean(Arrays.copyOfRange(part, middle, part.length));
    double distance = EmbeddingBlock.of(List.of(a)).distanceTo(0, b);
    Cohort.Nearness[] nearness = cohort.nearness(EmbeddingBlock.of(List.of(a, b)), key());
    double normalised = IdentityScore.normalised(distance, nearness[0], nearness[1]);
    return RowFactory.create(distance, normalised, middle, part.length - middle);
  }

  private static EmbeddingBlock block(List<IdentityFace> faces) {
    return EmbeddingBlock.of(faces.stream().map(IdentityFace::embedding).toList());
  }

  /** So many of the numbers from 0 to {@code of - 1}, spread evenly. */
  private static int[] spread(int count, int of) {
    int[] spread = new int[Math.min(count, of)];
    Arrays.setAll(spread, i -> (int) ((long) i * of / spread.length));
    return spread;
  }
}
