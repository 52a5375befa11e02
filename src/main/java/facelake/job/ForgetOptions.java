package facelake.job;

import facelake.match.Subject;
import facelake.pipeline.PipelineOptions;
import facelake.table.Lake;

/**
 * What {@link ForgetJob} is to do.
 *
 * @param who whom or what to forget
 */
public record ForgetOptions(Lake lake, Who who) {
  /** Tells one whom or what from another. */
  String asked() {
    return who.toString();
  }

  /** Whom or what to forget. */
  public sealed interface Who {
    /**
     * A person that {@code dedupe} or {@code cluster} found.
     *
     * @param scope as in {@code people.scope}
     */
    record Person(String id, String scope) implements Who {}

    /** All that a dataset has under one label. */
    record Labelled(Subject.Identity identity) implements Who {}

    /**
     * A photo with all faces in it, and its exact copies.
     *
     * @param name its uri, or what names it in {@code images}
     */
    record Image(String name) implements Who {}

    /**
     * Whoever a photo shows, which has one face.
     *
     * @param file need not be in the lake
     * @param threshold faces at a smaller distance are taken for the same person
     */
    record Photo(String file, PipelineOptions pipeline, DistanceThreshold threshold)
        implements Who {}
  }
}
