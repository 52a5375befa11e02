package facelake.job;

import facelake.UserError;
import facelake.match.Neighbours;
import facelake.model.VerifiedModel;
import facelake.pipeline.PipelineOptions;
import facelake.table.Lake;
import java.util.List;

/**
 * What {@link TagJob} is to do.
 *
 * @param lake the lake with the faces; tags are written to it too
 * @param gallery by whom faces are named
 * @param datasets whose faces get names; all but the gallery's where none is given
 * @param threshold gallery faces at a smaller distance count
 * @param top most candidates that are told of a face, 1 to {@value Neighbours#PEOPLE}
 */
public record TagOptions(
    Lake lake, Gallery gallery, List<String> datasets, DistanceThreshold threshold, int top) {

  /** Checks what was given. */
  public TagOptions {
    if (top < 1 || top > Neighbours.PEOPLE) {
      throw new UserError(
          "--top is %d; give 1 to %d, of so many people the nearest face is kept",
          top, Neighbours.PEOPLE);
    }
    datasets.stream()
        .filter(gallery.datasets()::contains)
        .findFirst()
        .ifPresent(
            name -> {
              throw new UserError(
                  "dataset %s is the gallery, whose faces have names; leave it out of --datasets",
                  name);
            });
  }

  /** Faces with names. */
  public sealed interface Gallery {
    /** The datasets of the lake that hold them. */
    List<String> datasets();

    /**
     * A folder with one folder a person.
     *
     * @param folder of photos, which the job indexes
     * @param dataset what they are called in the lake
     * @param pipeline how their faces are found
     * @param models the files of {@link PipelineOptions#models}
     */
    record Folder(
        String folder, String dataset, PipelineOptions pipeline, List<VerifiedModel> models)
        implements Gallery {

      /** Checks what was given. */
      public Folder {
        DatasetName.require("--gallery-dataset", dataset);
      }

      @Override
      public List<String> datasets() {
        return List.of(dataset);
      }
    }

    /**
     * Datasets of the lake.
     *
     * @param datasets with identities, which are the names; people of one name are one
     */
    record Labelled(List<String> datasets) implements Gallery {
      /** Sorts them, so that the same gallery has one name. */
      public Labelled {
        datasets = datasets.stream().distinct().sorted().toList();
      }
    }
  }
}
