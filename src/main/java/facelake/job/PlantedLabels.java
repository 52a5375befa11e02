package facelake.job;

import facelake.eval.PlantedTruth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The names that one dataset gives its people and photos: a new one for everybody, some shared by
 * two people, and some on photos of others.
 */
final class PlantedLabels {
  private final PlantedSide side;
  private final SortedMap<String, List<LabelledPhoto>> people;
  private final Planting planting;
  private final SeededOrder order;

  /** Who shares a name with whom, both ways. */
  private final Map<String, String> partners = new HashMap<>();

  private final Map<String, String> names = new HashMap<>();

  /** The person of each name; of two the one with more photos. */
  private final SortedMap<String, String> persons = new TreeMap<>();

  private final List<PlantingPlan.Photo> photos = new ArrayList<>();

  PlantedLabels(
      PlantedSide side, SortedMap<String, List<LabelledPhoto>> people, Planting planting) {
    this.side = side;
    this.people = people;
    this.planting = planting;
    this.order = new SeededOrder(planting.seed());
    merge();
    name();
    label();
  }

  /** The name of a person here, or null where there is no such person. */
  String nameOf(String person) {
    return names.get(person);
  }

  /** The photos with their names. */
  List<PlantingPlan.Photo> photos() {
    return photos;
  }

  /** The names with their people. */
  List<PlantedTruth.Identity> identities() {
    return persons.entrySet().stream()
        .map(name -> new PlantedTruth.Identity(side.dataset(), name.getKey(), name.getValue()))
        .toList();
  }

  /** How many names two people share. */
  int merged() {
    return partners.size() / 2;
  }

  private void merge() {
    List<String> chosen = shuffledPeople("merge");
    long pairs = Math.round(planting.mergedIdentities() * chosen.size() / 2);
    for (int i = 0; i + 1 < 2 * pairs; i += 2) {
      partners.put(chosen.get(i), chosen.get(i + 1));
      partners.put(chosen.get(i + 1), chosen.get(i));
    }
  }

  /** Numbers in an order of each side's own: neither order nor number tells who it is. */
  private void name() {
    for (String person : shuffledPeople("name")) {
      String partner = partners.get(person);
      String known = partner == null ? null : names.get(partner);
      if (known == null) {
        String name = String.format(Locale.ROOT, "%s-%06d", side.dataset(), persons.size() + 1);
        names.put(person, name);
        persons.put(name, person);
      } else {
        names.put(person, known);
        if (people.get(person).size() > people.get(partner).size()) {
          persons.put(known, person);
        }
      }
    }
  }

  private void label() {
    Map<LabelledPhoto, String> wrong = wrongLabels();
    people.forEach(
        (person, own) -> {
          for (LabelledPhoto photo : own) {
            String label = wrong.getOrDefault(photo, names.get(person));
            photos.add(new PlantingPlan.Photo(photo, side, label, wrong.containsKey(photo)));
          }
        });
  }

  private Map<LabelledPhoto, String> wrongLabels() {
    List<String> labels = List.copyOf(persons.keySet()); // sorted
    Map<String, Integer> right = new HashMap<>();
    people.forEach((person, own) -> right.put(person, own.size()));
    List<LabelledPhoto> all = people.values().stream().flatMap(List::stream).toList();
    long wanted = labels.size() < 2 ? 0 : Math.round(planting.wrongLabels() * all.size());
    Map<LabelledPhoto, String> wrong = new HashMap<>();
    for (LabelledPhoto photo : order.shuffled(purpose("wrong"), all, LabelledPhoto::key)) {
      if (wrong.size() < wanted && right.get(photo.person()) > 1) {
        right.merge(photo.person(), -1, Integer::sum);
        wrong.put(photo, another(labels, photo));
      }
    }
    return wrong;
  }

  /** A name that is not the photo's own, each with the same chance. */
  private String another(List<String> labels, LabelledPhoto photo) {
    int own = Collections.binarySearch(labels, names.get(photo.person()));
    int chosen = order.below(labels.size() - 1, purpose("label"), photo.key());
    return labels.get(chosen < own ? chosen : chosen + 1);
  }

  private List<String> shuffledPeople(String purpose) {
    return order.shuffled(purpose(purpose), people.keySet(), person -> person);
  }

  private String purpose(String what) {
    return what + " " + side.dataset();
  }
}
