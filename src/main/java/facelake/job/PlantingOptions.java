package facelake.job;

import facelake.pipeline.PipelineOptions;
import facelake.table.Lake;
import java.util.Optional;

/**
 * What {@link PlantedDatasets} is to do.
 *
 * @param lake where the labelled dataset is
 * @param dataset the labelled dataset: one with identities
 * @param folder a new folder, a path or URI, for the planted lake ({@code lake}), its copies of
 *     photos ({@code photos}) and the truth ({@code truth})
 * @param people a file that says which identities of the dataset are one person, or rather somebody
 *     else, see {@link facelake.eval.KnownPeople}; without it each is a person
 * @param planting what is planted
 * @param pipeline how faces of the copies are found; must be what found those of the dataset
 */
public record PlantingOptions(
    Lake lake,
    String dataset,
    String folder,
    Optional<String> people,
    Planting planting,
    PipelineOptions pipeline) {

  /** The lake that is made. */
  public Lake plantedLake() {
    return Lake.at(folder + "/lake");
  }

  /** The folder for copies of photos, an absolute URI. */
  public String photos() {
    return Lake.at(folder + "/photos").root();
  }

  /** The folder for the truth, an absolute URI. */
  public String truth() {
    return Lake.at(folder + "/truth").root();
  }
}
