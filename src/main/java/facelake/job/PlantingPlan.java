package facelake.job;

import facelake.eval.PlantedTruth;
import facelake.step.CopyFiles;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * Which photo stands where under which name. Made on the driver, of some hundred bytes a photo.
 *
 * @param photos what is taken from the labelled dataset
 * @param copies what is made new
 * @param identities the names with their people
 * @param people who stand anywhere
 * @param inBoth how many people stand in both datasets
 * @param merged how many names two people share
 */
record PlantingPlan(
    List<Photo> photos,
    List<Copy> copies,
    List<PlantedTruth.Identity> identities,
    int people,
    int inBoth,
    int merged) {

  /**
   * A photo in its new dataset.
   *
   * @param identity the name that it has there
   */
  record Photo(LabelledPhoto photo, PlantedSide side, String identity, boolean wrongLabel) {}

  /**
   * A copy of a photo.
   *
   * @param side where the copy goes
   * @param identity the right name of its person there
   * @param name of the file, unique among all copies
   */
  record Copy(Photo of, CopyFiles.Change change, PlantedSide side, String identity, String name) {}

  static PlantingPlan of(Collection<LabelledPhoto> labelled, Planting planting) {
    Map<PlantedSide, SortedMap<String, List<LabelledPhoto>>> split =
        PhotoSplit.of(labelled, planting);
    Map<PlantedSide, PlantedLabels> labels = new EnumMap<>(PlantedSide.class);
    List<Photo> photos = new ArrayList<>();
    List<PlantedTruth.Identity> identities = new ArrayList<>();
    split.forEach(
        (side, people) -> {
          PlantedLabels own = new PlantedLabels(side, people, planting);
          labels.put(side, own);
          photos.addAll(own.photos());
          identities.addAll(own.identities());
        });
    Set<String> everybody = new HashSet<>(split.get(PlantedSide.LEFT).keySet());
    int left = everybody.size();
    everybody.addAll(split.get(PlantedSide.RIGHT).keySet());
    return new PlantingPlan(
        photos,
        copies(photos, labels, planting),
        identities,
        everybody.size(),
        left + split.get(PlantedSide.RIGHT).size() - everybody.size(),
        labels.values().stream().mapToInt(PlantedLabels::merged).sum());
  }

  private static List<Copy> copies(
      List<Photo> photos, Map<PlantedSide, PlantedLabels> labels, Planting planting) {
    SeededOrder order = new SeededOrder(planting.seed());
    List<Photo> shuffled = order.shuffled("copies", photos, photo -> photo.photo().key());
    int each = (int) Math.min(Math.round(planting.copies() * photos.size()), photos.size() / 2);
    List<Copy> copies = new ArrayList<>();
    int next = 0;
    for (CopyFiles.Change change : CopyFiles.Change.values()) {
      for (int i = 0; i < each; i++) {
        Photo photo = shuffled.get(next++);
        String person = photo.photo().person();
        PlantedSide there = photo.side().other();
        PlantedSide side = labels.get(there).nameOf(person) == null ? photo.side() : there;
        // The place among the copies keeps two copies of equal photos apart.
        String name = order.digits("file " + next, photo.photo().key()) + ".jpg";
        copies.add(new Copy(photo, change, side, labels.get(side).nameOf(person), name));
      }
    }
    return copies;
  }
}
