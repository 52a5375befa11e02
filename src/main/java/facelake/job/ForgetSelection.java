package facelake.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import facelake.Nearest;
import facelake.UserError;
import facelake.match.FaceRole;
import facelake.match.Subject;
import facelake.model.VerifiedModel;
import facelake.step.forget.Traces;
import facelake.step.tag.LikeFaces;
import facelake.table.FacesTable;
import facelake.table.ImagesTable;
import facelake.table.Lake;
import facelake.table.PeopleTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Finds all that a lake has of whom it is to forget. A photo goes as a whole where its label is
 * theirs or all its faces are, and its exact copies with it; of other photos their face goes.
 */
final class ForgetSelection {
  private final SparkSession spark;
  private final Lake lake;
  private final Dataset<Row> images;
  private final Dataset<Row> faces;
  private final List<ForgetPlan.Guess> guesses = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  private final SortedSet<String> faceIds = new TreeSet<>();
  private final SortedSet<String> uris = new TreeSet<>();
  private final SortedSet<Subject.Identity> identities = new TreeSet<>();

  /**
   * Finds in a lake.
   *
   * @throws UserError when it has no images or no faces
   */
  ForgetSelection(SparkSession spark, Lake lake) {
    this.spark = spark;
    this.lake = lake;
    this.images = ImagesTable.open(spark, lake).read();
    this.faces = FacesTable.open(spark, lake).read();
  }

  /** The faces that were taken for the one in a photo, the nearest first. */
  List<ForgetPlan.Guess> guesses() {
    return guesses;
  }

  /** What there is to say of the choice. */
  List<String> notes() {
    return notes;
  }

  /**
   * All that there is.
   *
   * @param models for a photo, else empty
   * @throws UserError when the lake has nobody like that
   */
  Traces of(ForgetOptions.Who who, List<VerifiedModel> models) {
    if (who instanceof ForgetOptions.Who.Person person) {
      addPerson(person.id(), person.scope());
    } else if (who instanceof ForgetOptions.Who.Labelled labelled) {
      addIdentity(labelled.identity());
    } else if (who instanceof ForgetOptions.Who.Image image) {
      uris.add(new ImageLookup(images).uri(image.name()));
    } else if (who instanceof ForgetOptions.Who.Photo photo) {
      addLike(photo, models);
    }
    return traces();
  }

  private void addPerson(String id, String scope) {
    if (!hasPeople()) {
      throw new UserError(
          "lake %s has no people; find them with jobs/facelake dedupe or cluster, or name the"
              + " person by --identity, --image or --photo",
          lake.root());
    }
    Dataset<Row> people = people().where(col(PeopleTable.SCOPE).equalTo(scope));
    if (people.where(col(PeopleTable.PERSON_ID).equalTo(id)).isEmpty()) {
      List<String> known =
          people.select(PeopleTable.PERSON_ID).distinct().as(Encoders.STRING()).collectAsList();
      throw new UserError(
          "scope %s has no person '%s'%s; the column person_id of people has them all, and --scope"
              + " names another scope",
          scope, id, Nearest.question(id, known));
    }
    addPeople(scope, Set.of(id));
  }

  private void addPeople(String scope, Collection<String> ids) {
    for (Row row :
        people()
            .where(col(PeopleTable.SCOPE).equalTo(scope).and(isIn(PeopleTable.PERSON_ID, ids)))
            .select(
                PeopleTable.FACE_ID, PeopleTable.DATASET, PeopleTable.IDENTITY, PeopleTable.ROLE)
            .collectAsList()) {
      faceIds.add(row.getString(0));
      if (FaceRole.MEMBER.label().equals(row.getString(3)) && !row.isNullAt(2)) {
        identities.add(new Subject.Identity(row.getString(1), row.getString(2)));
      }
    }
  }

  private void addIdentity(Subject.Identity identity) {
    if (images.where(isOf(identity)).isEmpty()) {
      throw new UserError(
          "%s", new LakeSubjects(spark, lake).reasons(List.<Subject>of(identity)).get(identity));
    }
    identities.add(identity);
  }

  private void addLike(ForgetOptions.Who.Photo asked, List<VerifiedModel> models) {
    OneEmbedder embedder = OneEmbedder.of(FaceSelection.of(faces, List.of()));
    EmbedderLabel.requireSame(
        embedder.embedder(), "the faces of the lake", asked.pipeline(), models);
    double threshold =
        asked.threshold().of(embedder.embedder(), spark.sparkContext().hadoopConfiguration());
    QueryPhoto photo =
        QueryPhoto.read(
            asked.file(), asked.pipeline(), models, spark.sparkContext().hadoopConfiguration());
    if (photo.faces().size() > 1) {
      throw new UserError(
          "%s shows %d faces, and nobody says which is meant; cut the one out, or look for it with"
              + " jobs/facelake search and name the person by --person or --identity",
          asked.file(), photo.faces().size());
    }
    List<Row> near =
        new LikeFaces(photo.embeddings(1), new int[] {1}, threshold)
            .among(faces)
            .orderBy(LikeFaces.DISTANCE, FacesTable.FACE_ID)
            .collectAsList();
    if (near.isEmpty()) {
      throw new UserError(
          "none of %,d faces is nearer to that in %s than %s; --threshold takes farther ones",
          embedder.faces(), asked.file(), threshold);
    }
    for (Row row : near) {
      guesses.add(
          new ForgetPlan.Guess(
              row.<Float>getAs(LikeFaces.DISTANCE),
              row.getAs(FacesTable.DATASET),
              row.getAs(FacesTable.IDENTITY),
              row.getAs(FacesTable.URI)));
      faceIds.add(row.getAs(FacesTable.FACE_ID));
    }
    if (hasPeople()) {
      addPeople(
          PeopleTable.RESOLVED,
          texts(
              people()
                  .where(
                      col(PeopleTable.SCOPE)
                          .equalTo(PeopleTable.RESOLVED)
                          .and(isIn(PeopleTable.FACE_ID, faceIds))),
              PeopleTable.PERSON_ID));
    }
  }

  private Traces traces() {
    addPhotos();
    SortedSet<String> contents = new TreeSet<>(texts(images.where(whole()), ImagesTable.IMAGE_ID));
    // Exact copies, under any name.
    uris.addAll(texts(images.where(isIn(ImagesTable.IMAGE_ID, contents)), ImagesTable.URI));
    SortedMap<String, String> found = new TreeMap<>();
    Set<String> places = new HashSet<>();
    for (Row face : places(isIn(FacesTable.FACE_ID, faceIds).or(isIn(FacesTable.URI, uris)))) {
      found.put(face.getString(0), place(face));
      places.add(place(face));
    }
    for (Row face : places(isIn(FacesTable.IMAGE_ID, imagesOf(found.keySet())))) {
      if (places.contains(place(face))) {
        found.put(face.getString(0), place(face));
      }
    }
    tellOfGroups(found.keySet());
    tellOfSamePeople(found.keySet());
    return new Traces(
        found,
        contents,
        uris,
        versions(),
        List.copyOf(identities),
        names(),
        peopleOf(found.keySet()));
  }

  private SortedSet<String> versions() {
    SortedSet<String> versions = new TreeSet<>();
    images
        .where(isIn(ImagesTable.URI, uris))
        .select(ImagesTable.URI, ImagesTable.SOURCE_VERSION)
        .collectAsList()
        .forEach(row -> versions.add(Traces.version(row.getString(0), row.getString(1))));
    return versions;
  }

  /**
   * How many photos the lake has under labels.
   *
   * @return by {@code dataset/name}, 0 where a killed run has taken them out
   */
  SortedMap<String, Long> photos(Collection<Subject.Identity> labels) {
    SortedMap<String, Long> photos = new TreeMap<>();
    for (Subject.Identity label : labels) {
      photos.put(label.dataset() + "/" + label.name(), images.where(isOf(label)).count());
    }
    return photos;
  }

  private static Column isOf(Subject.Identity label) {
    return col(ImagesTable.DATASET)
        .equalTo(label.dataset())
        .and(col(ImagesTable.IDENTITY).equalTo(label.name()));
  }

  /** Photos with their labels, and those that show nobody else. */
  private void addPhotos() {
    uris.addAll(texts(images.where(whole()), ImagesTable.URI));
    if (faceIds.isEmpty()) {
      return;
    }
    Map<String, Integer> others = new HashMap<>();
    faces
        .where(
            isIn(
                FacesTable.URI,
                texts(faces.where(isIn(FacesTable.FACE_ID, faceIds)), FacesTable.URI)))
        .select(FacesTable.URI, FacesTable.FACE_ID)
        .collectAsList()
        .forEach(
            row ->
                others.merge(
                    row.getString(0), faceIds.contains(row.getString(1)) ? 0 : 1, Integer::sum));
    others.forEach(
        (uri, count) -> {
          if (count == 0) {
            uris.add(uri);
          }
        });
  }

  /** Images that go as a whole, by what is known so far. */
  private Column whole() {
    Column whole = isIn(ImagesTable.URI, uris);
    for (Subject.Identity identity : identities) {
      whole = whole.or(isOf(identity));
    }
    return whole;
  }

  private List<Row> places(Column condition) {
    return faces
        .where(condition)
        .select(FacesTable.FACE_ID, FacesTable.IMAGE_ID, FacesTable.BOX)
        .collectAsList();
  }

  private static String place(Row face) {
    return Traces.place(face.getString(1), face.getStruct(2));
  }

  private List<String> imagesOf(Collection<String> ids) {
    return texts(faces.where(isIn(FacesTable.FACE_ID, ids)), FacesTable.IMAGE_ID);
  }

  private void tellOfGroups(Collection<String> ids) {
    List<Row> groups =
        faces
            .where(isIn(FacesTable.FACE_ID, ids).and(not(isIn(FacesTable.URI, uris))))
            .select(FacesTable.DATASET, FacesTable.URI, FacesTable.IDENTITY)
            .distinct()
            .collectAsList();
    if (!groups.isEmpty()) {
      SortedSet<String> labels = new TreeSet<>();
      groups.stream()
          .filter(row -> !row.isNullAt(2))
          .forEach(row -> labels.add(row.getString(0) + "/" + row.getString(2)));
      notes.add(
          "%,d photos show others too and stay, without the face of this person%s"
              .formatted(
                  groups.size(),
                  labels.isEmpty()
                      ? ""
                      : ("; they are labelled %s, which --identity forgets where it is the same"
                              + " person")
                          .formatted(String.join(", ", labels))));
    }
  }

  /** Faces that dedupe has taken for the same people, and that were not asked for. */
  private void tellOfSamePeople(Collection<String> ids) {
    if (!hasPeople()) {
      return;
    }
    Dataset<Row> resolved = people().where(col(PeopleTable.SCOPE).equalTo(PeopleTable.RESOLVED));
    List<String> same =
        texts(resolved.where(isIn(PeopleTable.FACE_ID, ids)), PeopleTable.PERSON_ID);
    resolved
        .where(isIn(PeopleTable.PERSON_ID, same).and(not(isIn(PeopleTable.FACE_ID, ids))))
        .groupBy(PeopleTable.PERSON_ID)
        .agg(count(lit(1)), count_distinct(col(PeopleTable.URI)))
        .orderBy(PeopleTable.PERSON_ID)
        .collectAsList()
        .forEach(
            row ->
                notes.add(
                    "%,d more faces in %,d photos are the same person by dedupe (%s), which --person"
                            .formatted(row.getLong(1), row.getLong(2), row.getString(0))
                        + " takes"));
  }

  /** Names that nobody else has. */
  private SortedSet<String> names() {
    SortedSet<String> names = new TreeSet<>();
    identities.forEach(identity -> names.add(identity.name()));
    SortedSet<String> shared = new TreeSet<>();
    images
        .where(isIn(ImagesTable.IDENTITY, names))
        .select(ImagesTable.DATASET, ImagesTable.IDENTITY)
        .distinct()
        .collectAsList()
        .forEach(
            row -> {
              if (!identities.contains(new Subject.Identity(row.getString(0), row.getString(1)))) {
                names.remove(row.getString(1));
                shared.add(row.getString(0) + "/" + row.getString(1));
              }
            });
    if (!shared.isEmpty()) {
      notes.add(
          "%s has the same name and stays; forget it too where it is the same person. Until then it"
                  .formatted(String.join(", ", shared))
              + " is not looked for where a name stands without its dataset");
    }
    return names;
  }

  /** People of all scopes who have no other faces. */
  private SortedSet<String> peopleOf(Collection<String> ids) {
    SortedSet<String> whole = new TreeSet<>();
    if (!hasPeople()) {
      return whole;
    }
    List<String> some =
        texts(people().where(isIn(PeopleTable.FACE_ID, ids)), PeopleTable.PERSON_ID);
    whole.addAll(some);
    people()
        .where(isIn(PeopleTable.PERSON_ID, some))
        .select(PeopleTable.PERSON_ID, PeopleTable.FACE_ID)
        .collectAsList()
        .forEach(
            row -> {
              if (!ids.contains(row.getString(1))) {
                whole.remove(row.getString(0));
              }
            });
    return whole;
  }

  private boolean hasPeople() {
    return lake.tables(spark.sparkContext().hadoopConfiguration()).contains(PeopleTable.NAME);
  }

  private Dataset<Row> people() {
    return PeopleTable.open(spark, lake).read();
  }

  private static List<String> texts(Dataset<Row> rows, String column) {
    return rows.where(col(column).isNotNull())
        .select(column)
        .distinct()
        .as(Encoders.STRING())
        .collectAsList();
  }

  private static Column isIn(String column, Collection<String> values) {
    return values.isEmpty() ? lit(false) : col(column).isInCollection(values);
  }
}
