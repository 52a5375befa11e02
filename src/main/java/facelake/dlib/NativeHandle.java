package facelake.dlib;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bytedeco.javacpp.Pointer;

/**
 * The owner of one native object: frees it once, refuses calls afterwards, and turns what C++
 * throws into {@link DlibException}.
 */
final class NativeHandle<P extends Pointer> implements AutoCloseable {
  private static final AtomicLong OPEN = new AtomicLong();

  private final String subject;
  private P pointer;

  private NativeHandle(String subject, P pointer) {
    this.subject = subject;
    this.pointer = pointer;
    OPEN.incrementAndGet();
  }

  /**
   * Makes the native object.
   *
   * @param subject what it is, for messages, such as {@code model resnet-v1}
   */
  static <P extends Pointer> NativeHandle<P> open(
      String operation, String subject, Supplier<P> allocation) {
    DlibLibrary.load();
    return new NativeHandle<>(subject, translated(operation, subject, allocation));
  }

  /** Calls the native object. */
  <R> R call(String operation, Function<P, R> call) {
    P open = pointer;
    if (open == null) {
      throw new IllegalStateException(operation + ": " + subject + " was closed before");
    }
    return translated(operation, subject, () -> call.apply(open));
  }

  /** Another native object that is made from this one. */
  NativeHandle<P> copy(Function<P, P> copy) {
    return new NativeHandle<>(subject, call("copying", copy));
  }

  @Override
  public void close() {
    if (pointer != null) {
      pointer.deallocate();
      pointer = null;
      OPEN.decrementAndGet();
    }
  }

  /** How many native objects of this JVM are not closed. */
  static long open() {
    return OPEN.get();
  }

  /** Runs native code; its exceptions come back naming the operation and the subject. */
  static <R> R translated(String operation, String subject, Supplier<R> call) {
    try {
      return call.get();
    } catch (IllegalStateException | IllegalArgumentException ours) {
      throw ours;
    } catch (RuntimeException thrown) {
      throw new DlibException(operation, subject, thrown);
    }
  }
}
