package facelake.spark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.locks.Lock;
import java.util.function.Function;

/** Lazy views of iterators. */
public final class Iterators {
  private Iterators() {}

  public static <A, B> Iterator<B> map(
      Iterator<A> from, Function<? super A, ? extends B> function) {
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

  public static <A, B> Iterator<B> flatMap(
      Iterator<A> from, Function<? super A, Iterator<? extends B>> function) {
    return new Iterator<>() {
      private Iterator<? extends B> current = Collections.emptyIterator();

      @Override
      public boolean hasNext() {
        while (!current.hasNext() && from.hasNext()) {
          current = function.apply(from.next());
        }
        return current.hasNext();
      }

      @Override
      public B next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return current.next();
      }
    };
  }

  /** The same elements; the lock is held while one is made. */
  public static <T> Iterator<T> locked(Iterator<T> elements, Lock lock) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return elements.hasNext();
      }

      @Override
      public T next() {
        lock.lock();
        try {
          return elements.next();
        } finally {
          lock.unlock();
        }
      }
    };
  }

  /** Lists of so many elements; the last one may have fewer. */
  public static <T> Iterator<List<T>> chunks(Iterator<T> elements, int size) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return elements.hasNext();
      }

      @Override
      public List<T> next() {
        List<T> taken = new ArrayList<>();
        do {
          taken.add(elements.next());
        } while (elements.hasNext() && taken.size() < size);
        return taken;
      }
    };
  }
}
