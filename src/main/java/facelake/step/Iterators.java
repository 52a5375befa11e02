package facelake.step;

import java.util.Iterator;
import java.util.function.Function;

/** Lazy views of iterators. */
final class Iterators {
  private Iterators() {}

  static <A, B> Iterator<B> map(Iterator<A> from, Function<? super A, ? extends B> function) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return from.hasNext();
      }

      @Override
      public B next() {
        return function.apply(from.next());
      }
    };
  }
}
