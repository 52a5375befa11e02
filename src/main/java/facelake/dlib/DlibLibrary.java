package facelake.dlib;

import facelake.UserError;
import facelake.dlib.bindings.Dlib;
import org.bytedeco.javacpp.Loader;

/** Loads the native library once per JVM and refuses processors that it was not compiled for. */
final class DlibLibrary {
  static {
    Loader.load(Dlib.class);
    if (!Dlib.cpu_is_supported()) {
      throw new UserError(
          "facelake's native library needs a processor with AVX2, FMA and BMI2 (x86-64-v3: Intel"
              + " since 2013, AMD since 2017); run on one, or build it for yours by changing -march"
              + " in src/main/cpp/cppbuild.sh");
    }
    // Spark's task slots are the parallelism: more threads would only wait for each other.
    Dlib.use_one_thread_a_call();
  }

  private DlibLibrary() {}

  /** Returns once the library is there. */
  static void load() {}
}
