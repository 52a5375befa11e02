package facelake.dlib;

import facelake.UserError;
import facelake.dlib.bindings.Dlib;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.javacpp.Loader;

/**
 * Loads the native library once per JVM and refuses processors that it was not compiled for, and
 * folders in which somebody else could put another library in its place.
 */
final class DlibLibrary {
  /** Belongs to the user of this process, also to one who has no name. */
  private static final Path PROCESS = Path.of("/proc/self");

  private static final int OTHERS_WRITE = 0002;
  private static final int STICKY = 01000;
  private static final int PERMISSIONS = 07777;

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
   * Makes sure that nobody can put another library into a folder, but this user, root, and members
   * of a group that the user lets write there.
   *
   * <p>Folders above it may be of others, such as a cluster's, but for those in a folder such as
   * {@code /tmp}, which anybody can have made.
   *
   * @throws UserError when somebody else can
   */
  static void requireOwn(Path folder) {
    try {
      for (Path each = folder.toRealPath(); each != null; each = each.getParent()) {
        requireOwn(folder, each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void requireOwn(Path folder, Path each) throws IOException {
    String owner = Files.getOwner(each).getName();
    boolean ours =
        owner.equals("root")
            || owner.equals(System.getProperty("user.name"))
            || owner.equals(Files.getOwner(PROCESS).getName());
    int mode = mode(each);
    boolean isFolder = each.equals(folder.toRealPath());
    boolean madeByAnybody =
        isFolder || each.getParent() != null && (mode(each.getParent()) & OTHERS_WRITE) != 0;
    // In a folder such as /tmp nobody renames what is another's.
    boolean open = (mode & OTHERS_WRITE) != 0 && ((mode & STICKY) == 0 || isFolder);
    if (madeByAnybody && !ours || open) {
      throw new UserError(
          "native code would be unpacked to %s, and %s belongs to %s with the permissions %o, so"
              + " that others could put code of their own there; make it yours alone (chmod 700),"
              + " or name another folder with"
              + " FACELAKE_JAVA_OPTIONS=-Dorg.bytedeco.javacpp.cachedir=FOLDER",
          folder, each, owner, mode & PERMISSIONS);
    }
  }

  private static int mode(Path folder) throws IOException {
    return (Integer) Files.getAttribute(folder, "unix:mode");
  }
}
