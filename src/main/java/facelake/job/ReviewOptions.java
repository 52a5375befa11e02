package facelake.job;

import facelake.table.Lake;

/**
 * What {@link ReviewJob} is to do.
 *
 * @param folder of the site, a path or URI; a site that stands there is brought up to date
 * @param most rows of each section that are shown, 1 or more
 * @param blur whether no face is to be recognised
 */
public record ReviewOptions(Lake lake, String folder, int most, boolean blur) {
  /** Rows that a person may look through. */
  public static final int USUAL_MOST = 2000;
}
