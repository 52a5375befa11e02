package facelake.step.journal;

import java.io.Serializable;

/** The claims on the partitions of one chunk of images; travels to its tasks. */
public final class ChunkClaims implements Serializable {
  private static final long serialVersionUID = 1L;

  private final JournalFolder folder;
  private final String chunk;
  private final int maxCrashes;

  ChunkClaims(JournalFolder folder, String chunk, int maxCrashes) {
    this.folder = folder;
    this.chunk = chunk;
    this.maxCrashes = maxCrashes;
  }

  /**
   * Claims a partition for a task, which closes the claim when it ends.
   *
   * @throws facelake.UserError when images have crashed more processes than may be
   */
  public TaskClaim claim(int partition) {
    return TaskClaim.of(folder, chunk + "-" + partition, maxCrashes);
  }
}
