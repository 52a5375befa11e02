import facelake.image.HostileImages;
import facelake.image.ImageDecoder;
import facelake.image.ImageFailure;
import facelake.image.RgbImage;
import facelake.pipeline.HostileModels;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** {@code Sanitized FOLDER PICTURES MODELS PHOTO...}: the inputs that the script sanitize runs on. */
public final class Sanitized {
  /** A sanitizer makes everything slow, and loops do not depend on the size. */
  private static final int MOST_SIDE = 400;

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    ImageDecoder decoder = new ImageDecoder(100_000_000);
    for (String photo : List.of(arguments).subList(3, arguments.length)) {
      try (Stream<Path> files = Files.walk(Path.of(photo))) {
        for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
          String name = "photo-" + file.getFileName();
          write(folder, name, decoder, Files.readAllBytes(file));
        }
      }
    }
    HostileImages images = new HostileImages(1);
    for (int place = 0; place < Integer.parseInt(arguments[1]); place++) {
      HostileImages.HostileImage image = images.get(place);
      write(folder, image.name(), decoder, image.bytes());
    }
    HostileModels models = new HostileModels(1);
    for (int place = 0; place < Integer.parseInt(arguments[2]); place++) {
      Path file = folder.resolve("%s.%06d.model".formatted(models.model(place), place));
      Files.write(file, models.bytes(place));
    }
  }

  /** As a portable pixmap, unless it is no picture. */
  private static void write(Path folder, String name, ImageDecoder decoder, byte[] bytes)
      throws IOException {
    RgbImage image;
    try {
      image = decoder.decode(bytes).image().shrunkTo(MOST_SIDE);
    } catch (ImageFailure noPicture) {
      return;
    }
    try (OutputStream out =
        new BufferedOutputStream(Files.newOutputStream(folder.resolve(name + ".ppm")))) {
      out.write(
          "P6 %d %d 255\n"
              .formatted(image.width(), image.height())
              .getBytes(StandardCharsets.US_ASCII));
      out.write(image.rgb());
    }
  }
}
