package facelake.job;

import java.util.List;

/**
 * What {@link TagJob} found.
 *
 * @param gallery the value of {@code tags.gallery} of the rows
 * @param datasets whose faces were tagged, sorted
 * @param threshold gallery faces at a smaller distance counted
 * @param faces faces that were tagged, at least 1
 * @param named faces with a name
 * @param doubtful faces with a name and a probability under a half
 * @param people people of the gallery who were found
 * @param photos photos with a named face
 * @param compared faces that were compared with the whole gallery; the others were with what is new
 * @param newFaces faces of the gallery that are new since the others were compared
 * @param galleryFaces what there is of the gallery
 * @param largest people with most faces, at most 5
 * @param notes sentences that a person should read
 * @param seconds of the whole job
 */
public record TagResult(
    String gallery,
    List<String> datasets,
    double threshold,
    long faces,
    long named,
    long doubtful,
    long people,
    long photos,
    long compared,
    long newFaces,
    GalleryCount galleryFaces,
    List<Person> largest,
    List<String> notes,
    double seconds) {

  /** Faces without a name. */
  public long unknown() {
    return faces - named;
  }

  /**
   * A person who was found.
   *
   * @param faces with this name
   * @param exampleUri a photo of the nearest of them
   */
  public record Person(String name, long faces, String exampleUri) {}

  /**
   * What a gallery consists of.
   *
   * @param faces faces by which others are named
   * @param people whom they show
   * @param crowded photos that do not count since several faces are in them
   * @param faceless photos without a face
   * @param failed photos that could not be used
   * @param unnamed photos of one face, and without a name
   * @param missing names of which no photo counts, the first few
   */
  public record GalleryCount(
      long faces,
      long people,
      long crowded,
      long faceless,
      long failed,
      long unnamed,
      List<String> missing) {}
}
