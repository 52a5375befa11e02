package facelake.step;

import facelake.step.source.SourceImage;
import java.io.Serializable;
import java.lang.reflect.Field;
import java.util.List;

/**
 * For tests only: images that crash native code or hang in it. The system property {@code
 * facelake.fault} of the driver names them by the ends of their URIs, as in {@code
 * crash:a.jpg,hang:b.jpg}; without it there are none.
 */
record TestFault(List<String> crashing, List<String> hanging) implements Serializable {
  private static final String PROPERTY = "facelake.fault";
  private static final String CRASH = "crash:";
  private static final String HANG = "hang:";

  /** The faults that this JVM was started with. */
  static TestFault given() {
    List<String> faults = List.of(System.getProperty(PROPERTY, "").split(","));
    return new TestFault(named(faults, CRASH), named(faults, HANG));
  }

  private static List<String> named(List<String> faults, String what) {
    return faults.stream()
        .filter(fault -> fault.startsWith(what))
        .map(fault -> fault.substring(what.length()))
        .toList();
  }

  /** Does to an image what was asked for. */
  void at(SourceImage image) {
    if (crashing.stream().anyMatch(image.uri()::endsWith)) {
      crash();
    }
    if (hanging.stream().anyMatch(image.uri()::endsWith)) {
      hang();
    }
  }

  /** A segmentation fault, by writing where nothing is. */
  private static void crash() {
    try {
      Class<?> type = Class.forName("sun.misc.Unsafe");
      Field unsafe = type.getDeclaredField("theUnsafe");
      unsafe.setAccessible(true);
      type.getMethod("putAddress", long.class, long.class).invoke(unsafe.get(null), 0L, 0L);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void hang() {
    while (true) {
      Thread.onSpinWait();
    }
  }
}
