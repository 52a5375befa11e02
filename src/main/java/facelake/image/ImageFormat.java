package facelake.image;

/** Picture formats that facelake reads; the label stands in the column {@code images.format}. */
public enum ImageFormat {
  JPEG,
  PNG,
  GIF,
  BMP,
  WEBP,
  TIFF;

  /** The lower-case name, such as {@code jpeg}. */
  public String label() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
