package facelake;

/** Which facelake this is. */
public final class Version {
  private Version() {}

  /** The version that the jar's manifest names, such as {@code 0.1.0}; outside a jar a word. */
  public static String current() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
