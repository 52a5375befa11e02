package facelake.match;

/** Whether two faces of one photo may be one person. */
public enum PhotoRule {
  /** A person appears at most once in a photo: right for photos of real scenes. */
  ONCE_A_PHOTO {
    @Override
    public boolean links(long photo, long otherPhoto) {
      return photo != otherPhoto;
    }

    @Override
    public int[] apply(int[] labels, long[] photos, PairList near) {
      return Regrouping.apart(labels, photos, near);
    }
  },

  /** A person may appear many times in a photo: for collages, contact sheets and mirrors. */
  ANY_NUMBER {
    @Override
    public boolean links(long photo, long otherPhoto) {
      return true;
    }

    @Override
    public int[] apply(int[] labels, long[] photos, PairList near) {
      return labels;
    }
  };

  /** Whether a face of one photo may be linked to a face of another or the same photo. */
  public abstract boolean links(long photo, long otherPhoto);

  /**
   * The groups that this rule makes of groups.
   *
   * @param labels group of each face, 0 to k - 1
   * @param photos photo of each face
   * @param near the pairs that may be linked, indices of {@code labels}, each pair once
   * @return new group of each face, 0 to m - 1, each group connected by its near pairs
   */
  public abstract int[] apply(int[] labels, long[] photos, PairList near);
}
