package facelake.job;

import facelake.step.source.SourceImage;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How a file names images: by the end of their path, such as {@code
 * Abel_Pacheco/Abel_Pacheco_0001.jpg}.
 */
final class ImageNames {
  private ImageNames() {}

  /** The names of an image, the file's name with none to all of its folders, longest first. */
  static Stream<String> of(String uri) {
    String name = SourceImage.name(uri);
    return Stream.concat(
        Stream.of(name),
        IntStream.range(0, name.length())
            .filter(place -> name.charAt(place) == '/')
            .mapToObj(place -> name.substring(place + 1)));
  }
}
