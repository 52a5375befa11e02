package facelake.step.export;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What became of a photo in an export; the label stands in {@code lineage.csv}. Of several that
 * hold for one photo, as it shows several people, the first here counts.
 */
public enum PhotoOutcome {
  /** It is exported as the person of its label, or of its face where it has no label. */
  KEPT("kept", "photos kept"),
  /** It is exported as another person than its label says. */
  RELABELLED("relabelled", "photos kept under another person"),
  /** Another copy of it is exported as the same person. */
  DUPLICATE("duplicate", "photos left out as copies of kept ones"),
  /** Its face does not fit its label. */
  LABEL_ISSUE("label-issue", "photos with a face that does not fit its label"),
  /** Copies of it, which shows one face, stand under several people. */
  CONFLICT("conflict", "photos with one face under several people"),
  /** Its person may be another person of the lake as well. */
  REVIEW("review", "photos of people who may be one with others"),
  /** Its person, or a copy of it, stands in a test set. */
  IN_TEST_SET("in-test-set", "photos of people in the test sets"),
  /** Its face is smaller than asked for. */
  SMALL_FACE("small-face", "photos with too small a face"),
  /** Its person has fewer photos than asked for when all else is dropped. */
  FEW_PHOTOS("few-photos", "photos of people with too few photos"),
  /** None of its faces has a person. */
  NO_PERSON("no-person", "photos with faces of nobody in the scope"),
  /** No face was found in it. */
  NO_FACE("no-face", "photos without a face"),
  /** It could not be used when it was indexed, or can no more. */
  FAILED("failed", "photos of no use"),
  /** Its content is not what was indexed. */
  CHANGED("changed", "photos with other content than was indexed"),
  /** It is no longer where it was indexed. */
  MISSING("missing", "photos no longer there");

  private static final Map<String, PhotoOutcome> BY_LABEL =
      Arrays.stream(values()).collect(Collectors.toMap(PhotoOutcome::label, Function.identity()));

  private final String label;
  private final String inWords;

  PhotoOutcome(String label, String inWords) {
    this.label = label;
    this.inWords = inWords;
  }

  /** The word, such as {@code label-issue}. */
  public String label() {
    return label;
  }

  /** What so many photos are, to follow a number. */
  public String inWords() {
    return inWords;
  }

  /** Whether a file is written. */
  public boolean isExported() {
    return this == KEPT || this == RELABELLED;
  }

  /**
   * The outcome of a label.
   *
   * @throws IllegalArgumentException where there is none
   */
  public static PhotoOutcome of(String label) {
    PhotoOutcome outcome = BY_LABEL.get(label);
    if (outcome == null) {
      throw new IllegalArgumentException("There is no outcome " + label);
    }
    return outcome;
  }
}
