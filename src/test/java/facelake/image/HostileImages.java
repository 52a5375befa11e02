package facelake.image;

import facelake.Mutator;
import facelake.Trial;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Damaged pictures of every format that is read, any number of them: drawn small, written in the
 * format's variants, and {@link Mutator mutated}. The same seed and place give the same bytes.
 */
public final class HostileImages {
  private static final int PNG_FIRST_CHUNK = 8;

  /** The default of {@code --max-pixels}. */
  private static final long MOST_PIXELS = 100_000_000;

  private final long seed;
  private final List<Original> originals = new ArrayList<>();

  /** One stream of pictures a seed. */
  public HostileImages(long seed) {
    this.seed = seed;
    BufferedImage scene = Pictures.scene(3, 90, 60);
    BufferedImage gray = copy(scene, BufferedImage.TYPE_BYTE_GRAY);
    byte[] jpeg = Pictures.jpeg(scene, 0.8);
    add(
        "jpg",
        jpeg,
        Pictures.progressiveJpeg(scene, 0.8),
        Pictures.jpeg(gray, 0.8),
        Splice.withoutJfif(jpeg),
        Splice.withSegment(jpeg, 0xE1, Splice.join(Splice.text("Exif\0\0"), Splice.exif(6))));
    add(
        "png",
        Pictures.bytes(scene, "png"),
        Pictures.bytes(gray, "png"),
        Pictures.bytes(copy(scene, BufferedImage.TYPE_INT_ARGB), "png"),
        Pictures.bytes(copy(scene, BufferedImage.TYPE_BYTE_INDEXED), "png"),
        Pictures.bytes(copy(scene, BufferedImage.TYPE_BYTE_BINARY), "png"),
        Pictures.bytes(copy(scene, BufferedImage.TYPE_USHORT_GRAY), "png"),
        Splice.withChunk(Pictures.bytes(scene, "png"), "eXIf", Splice.exif(6)));
    add(
        "gif",
        Pictures.bytes(copy(scene, BufferedImage.TYPE_BYTE_INDEXED), "gif"),
        Pictures.bytes(copy(scene, BufferedImage.TYPE_BYTE_BINARY), "gif"));
    add(
        "bmp",
        Pictures.bytes(scene, "bmp"),
        Pictures.bytes(copy(scene, BufferedImage.TYPE_BYTE_INDEXED), "bmp"));
    add(
        "webp",
        Pictures.resource("lossless.webp"),
        Pictures.resource("lossy.webp"),
        Pictures.resource("animated.webp"),
        Pictures.resource("orientation6.webp"));
    add(
        "tif",
        Splice.tiff(274, 6),
        Pictures.tiff(scene, "LZW"),
        Pictures.tiff(scene, "Deflate"),
        Pictures.tiff(scene, "PackBits"),
        Pictures.tiff(scene, "JPEG"),
        Pictures.tiff(copy(scene, BufferedImage.TYPE_BYTE_BINARY), "CCITT T.6"));
  }

  private void add(String suffix, byte[]... files) {
    originals.add(new Original(suffix, List.of(files)));
  }

  private static BufferedImage copy(BufferedImage scene, int type) {
    BufferedImage copy = new BufferedImage(scene.getWidth(), scene.getHeight(), type);
    copy.getGraphics().drawImage(scene, 0, 0, null);
    return copy;
  }

  /** The picture at a place from 0; formats take turns. */
  public HostileImage get(int place) {
    Original original = originals.get(place % originals.size());
    Mutator mutator = new Mutator(seed * 1_000_003 + place);
    byte[] bytes = mutator.mutate(original.files().get(mutator.choice(original.files().size())));
    if (original.suffix().equals("png") && mutator.chance()) {
      mendChecksums(bytes);
    }
    return new HostileImage("%06d.%s".formatted(place, original.suffix()), bytes);
  }

  /** So that damage gets past the first check, as an attacker's would. */
  private static void mendChecksums(byte[] png) {
    ByteBuffer file = ByteBuffer.wrap(png);
    int chunk = PNG_FIRST_CHUNK;
    while (chunk + 12 <= png.length) {
      int length = file.getInt(chunk);
      if (length < 0 || length > png.length - chunk - 12) {
        return;
      }
      CRC32 crc = new CRC32();
      crc.update(png, chunk + 4, length + 4);
      file.putInt(chunk + 8 + length, (int) crc.getValue());
      chunk += 12 + length;
    }
  }

  /** Decodes the pictures of a range of places. */
  public void decode(int from, int to, Trial trial) {
    ImageDecoder decoder = new ImageDecoder(MOST_PIXELS);
    for (int place = from; place < to; place++) {
      HostileImage image = get(place);
      trial.run(image.name(), () -> outcome(decoder, image.bytes()));
    }
  }

  private static String outcome(ImageDecoder decoder, byte[] bytes) {
    try {
      decoder.decode(bytes);
      return "decoded";
    } catch (ImageFailure failure) {
      return failure.failureClass().label();
    }
  }

  private record Original(String suffix, List<byte[]> files) {}

  /**
   * A damaged picture.
   *
   * @param name its place and the suffix of what it was
   */
  public record HostileImage(String name, byte[] bytes) {}
}
