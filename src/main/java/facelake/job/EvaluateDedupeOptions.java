package facelake.job;

import facelake.table.Lake;

/** What {@link EvaluateDedupeJob} is to do. */
public sealed interface EvaluateDedupeOptions {
  /** A new folder for the scores, an absolute URI. */
  String folder();

  /**
   * Plants datasets, resolves their identities and scores what comes out.
   *
   * @param planting what is planted; the scores stand in its folder
   */
  record Planted(PlantingOptions planting) implements EvaluateDedupeOptions {
    @Override
    public String folder() {
      return Lake.at(planting.folder()).root();
    }
  }

  /**
   * Scores the tables of a lake whose identities have been resolved.
   *
   * @param truth a file that says whose name identities are, see {@link
   *     facelake.eval.PeopleOfIdentities}
   */
  record OwnTruth(Lake lake, String truth, String folder) implements EvaluateDedupeOptions {
    /** Makes the folder absolute. */
    public OwnTruth {
      folder = Lake.at(folder).root();
    }
  }
}
