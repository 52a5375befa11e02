package facelake.step.source;

import java.util.Iterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Iterators as streams that pull one element at a time. */
final class Lazy {
  private Lazy() {}

  static <T> Stream<T> stream(Iterator<T> elements) {
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(elements, 0), false);
  }
}
