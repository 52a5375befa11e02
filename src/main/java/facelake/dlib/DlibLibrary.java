package facelake.dlib;

import facelake.UserError;
import facelake.dlib.bindings.Dlib;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import org.bytedeco.javacpp.Loader;

/**
 * Loads the native library once per JVM and refuses processors that it was not compiled for, and
 * folders in which somebody else could put another library in its place.
 */
final class DlibLibrary {
  /** Belongs to the user of this process, also to one who has no name. */
  private static final Path PROCESS = Path.of("/proc/self");

  static {
    requireOwn(unpackedIn());
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

  private static Path unpackedIn() {
    try {
      return Loader.getCacheDir().toPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Makes sure that nobody but this user, or root, can write to a folder.
   *
   * @throws UserError when somebody can
   */
  static void requireOwn(Path folder) {
    try {
      PosixFileAttributes folderAttributes =
          Files.readAttributes(folder, PosixFileAttributes.class);
      String owner = folderAttributes.owner().getName();
      boolean ours =
          owner.equals("root")
              || owner.equals(System.getProperty("user.name"))
              || owner.equals(Files.getOwner(PROCESS).getName());
      if (!ours || folderAttributes.permissions().contains(PosixFilePermission.OTHERS_WRITE)) {
        throw new UserError(
            "native code would be unpacked to %s, which belongs to %s with the permissions %s, so"
                + " that others could put code of their own there; make it yours alone (chmod"
                + " 700), or name another folder with -Dorg.bytedeco.javacpp.cachedir",
            folder, owner, PosixFilePermissions.toString(folderAttributes.permissions()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
