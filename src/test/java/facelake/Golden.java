package facelake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import facelake.dlib.Box;
import facelake.image.ImageDecoder;
import facelake.image.ImageFailure;
import facelake.image.RgbImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What dlib's own C++ found in one real photo.
 *
 * @param faces one object a face, best first: {@code box, score, landmarks, embedding, male}
 */
public record Golden(Path photo, JsonNode faces) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The photos with the faces of the HOG detector; skips the test where they are not there. */
  public static List<Golden> hog() {
    return read("photos.hog.jsonl");
  }

  /** The photos with the faces of the CNN detector; skips the test where they are not there. */
  public static List<Golden> mmod() {
    return read("photos.mmod.jsonl");
  }

  private static List<Golden> read(String file) {
    List<Golden> photos = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(TestData.sharedOrSkip("golden/" + file))) {
        JsonNode photo = JSON.readTree(line);
        Path path = TestData.sharedOrSkip(photo.get("image").asText());
        photos.add(new Golden(path, photo.get("faces")));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return photos;
  }

  /** The photo, decoded by facelake. */
  public RgbImage decoded() throws IOException, ImageFailure {
    return new ImageDecoder(100_000_000).decode(Files.readAllBytes(photo)).image();
  }

  /** The box of a face. */
  public static Box box(JsonNode face) {
    int[] corners = ints(face.get("box"));
    return new Box(corners[0], corners[1], corners[2], corners[3]);
  }

  /** An array of numbers. */
  public static int[] ints(JsonNode array) {
    int[] numbers = new int[array.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = array.get(i).asInt();
    }
    return numbers;
  }

  @Override
  public String toString() {
    return photo.getFileName() + " with " + faces.size() + " faces";
  }
}
