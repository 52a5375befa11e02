package facelake;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** What dlib's own test on LFW computes. */
public final class LfwGolden {
  private LfwGolden() {}

  /** The embedding of each image of LFW's pairs, by name; skips the test where there is no file. */
  public static Map<String, float[]> embeddingsOrSkip() throws IOException {
    Map<String, float[]> embeddings = new HashMap<>();
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(
                    Files.newInputStream(TestData.sharedOrSkip("golden/lfw-resnet-v1.csv.gz"))),
                StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] cells = line.split(",");
        float[] embedding = new float[cells.length - 1];
        for (int i = 0; i < embedding.length; i++) {
          embedding[i] = Float.parseFloat(cells[i + 1]);
        }
        embeddings.put(cells[0], embedding);
      }
    }
    return embeddings;
  }
}
