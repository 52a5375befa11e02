package facelake.job;

import static facelake.job.PlantedSide.LEFT;
import static facelake.job.PlantedSide.RIGHT;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Deals the photos of a labelled dataset out to two datasets. */
final class PhotoSplit {
  /** Enough for both datasets where no number is asked for. */
  private static final int LEAST_FOR_BOTH = 2;

  private final Planting planting;
  private final SeededOrder order;
  private final Map<PlantedSide, SortedMap<String, List<LabelledPhoto>>> sides =
      new EnumMap<>(PlantedSide.class);

  private PhotoSplit(Planting planting) {
    this.planting = planting;
    this.order = new SeededOrder(planting.seed());
    for (PlantedSide side : PlantedSide.values()) {
      sides.put(side, new TreeMap<>());
    }
  }

  /** The photos of each person on each side. */
  static Map<PlantedSide, SortedMap<String, List<LabelledPhoto>>> of(
      Collection<LabelledPhoto> photos, Planting planting) {
    PhotoSplit split = new PhotoSplit(planting);
    SortedMap<String, List<LabelledPhoto>> people =
        photos.stream()
            .sorted(Comparator.comparing(LabelledPhoto::uri))
            .collect(
                Collectors.groupingBy(LabelledPhoto::person, TreeMap::new, Collectors.toList()));
    split.dealPeople(people);
    if (planting.distractors() > 0) {
      split.dealDistractors(people);
    }
    return split.sides;
  }

  private void dealPeople(SortedMap<String, List<LabelledPhoto>> people) {
    int perSide = planting.photosPerSide().orElse(1);
    List<String> enough = withAtLeast(people, Math.max(LEAST_FOR_BOTH, 2 * perSide));
    List<String> chosen = order.shuffled("overlap", enough, person -> person);
    int both = (int) Math.round(planting.overlap() * chosen.size());
    chosen.subList(0, both).forEach(person -> dealToBoth(person, people.get(person)));

    List<String> others = withAtLeast(people, Math.max(LEAST_FOR_BOTH, perSide));
    others.removeAll(new HashSet<>(chosen.subList(0, both)));
    dealToOne(people, others, "side");
  }

  /** Of one photo each, and so nobody of {@link #dealPeople}. */
  private void dealDistractors(SortedMap<String, List<LabelledPhoto>> people) {
    List<String> single = withAtLeast(people, 1);
    single.removeIf(person -> people.get(person).size() > 1);
    dealToOne(people, single, "distractor");
  }

  /** In turns, so that the sides are of one size. */
  private void dealToOne(
      SortedMap<String, List<LabelledPhoto>> people, List<String> names, String purpose) {
    PlantedSide side = LEFT;
    for (String person : order.shuffled(purpose, names, name -> name)) {
      List<LabelledPhoto> photos = shuffled(people.get(person));
      int taken = Math.min(planting.photosPerSide().orElse(photos.size()), photos.size());
      sides.get(side).put(person, photos.subList(0, taken));
      side = side.other();
    }
  }

  private void dealToBoth(String person, List<LabelledPhoto> all) {
    List<LabelledPhoto> photos = shuffled(all);
    int odd = photos.size() % 2 * order.below(2, "halves", person);
    int left = planting.photosPerSide().orElse(photos.size() / 2 + odd);
    int right = planting.photosPerSide().orElse(photos.size() - left);
    sides.get(LEFT).put(person, photos.subList(0, left));
    sides.get(RIGHT).put(person, photos.subList(left, left + right));
  }

  private List<LabelledPhoto> shuffled(List<LabelledPhoto> photos) {
    return order.shuffled("photos", photos, LabelledPhoto::key);
  }

  private static List<String> withAtLeast(
      SortedMap<String, List<LabelledPhoto>> people, int photos) {
    List<String> names = new ArrayList<>();
    people.forEach(
        (person, own) -> {
          if (own.size() >= photos) {
            names.add(person);
          }
        });
    return names;
  }
}
