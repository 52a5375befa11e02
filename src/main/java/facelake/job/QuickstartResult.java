package facelake.job;

import java.util.List;

/**
 * What {@link QuickstartJob} found.
 *
 * @param summary what the lake holds
 * @param indexed the runs of index
 * @param photo who is in the photo of several people
 * @param albums who is in both albums
 * @param review the page that shows it
 */
public record QuickstartResult(
    LakeSummary summary,
    List<IndexResult> indexed,
    ClusterResult photo,
    DedupeResult albums,
    ReviewResult review) {

  /** Images that were indexed this time. */
  public long images() {
    return indexed.stream().mapToLong(IndexResult::images).sum();
  }

  /** Seconds that indexing took. */
  public double seconds() {
    return indexed.stream().mapToDouble(IndexResult::seconds).sum();
  }
}
