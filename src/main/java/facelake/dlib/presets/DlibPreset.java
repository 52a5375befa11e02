package facelake.dlib.presets;

import org.bytedeco.javacpp.annotation.Platform;
import org.bytedeco.javacpp.annotation.Properties;
import org.bytedeco.javacpp.tools.Info;
import org.bytedeco.javacpp.tools.InfoMap;
import org.bytedeco.javacpp.tools.InfoMapper;

/**
 * Tells JavaCPP how to bind the C++ shim {@code facelake_dlib.h}: what to parse, what to link, and
 * that every {@code std::exception} becomes a Java exception with its words.
 *
 * <p>OpenBLAS comes from bytedeco's jar; its own dependencies are loaded before it, so executors
 * need nothing installed. Not final: the generated class of global functions extends it.
 */
@Properties(
    value =
        @Platform(
            value = "linux-x86_64",
            compiler = "cpp17",
            include = "facelake_dlib.h",
            library = "jnifacelake",
            link = {"openblas@.0", "facelake_dlib"},
            preload = {"gcc_s@.1", "quadmath@.0", "gfortran@.5", "openblas@.0"},
            preloadresource = "/org/bytedeco/openblas/",
            define = {
              "GENERIC_EXCEPTION_CLASS std::exception",
              "GENERIC_EXCEPTION_TOSTRING what()",
              "NO_JNI_DETACH_THREAD"
            }),
    target = "facelake.dlib.bindings",
    global = "facelake.dlib.bindings.Dlib")
public class DlibPreset implements InfoMapper {
  private static final String[] CLASSES = {
    "Picture",
    "HogDetector",
    "FastHogDetector",
    "MmodDetector",
    "MmodScan",
    "ShapePredictor",
    "Network",
    "Layers"
  };

  /** For JavaCPP, which makes one to ask it. */
  public DlibPreset() {}

  @Override
  public void map(InfoMap infos) {
    // What the shim's classes show to each other only.
    for (String type : CLASSES) {
      infos.put(new Info("facelake::" + type + "::State").skip());
      infos.put(new Info("facelake::" + type + "::state").skip());
    }
  }
}
