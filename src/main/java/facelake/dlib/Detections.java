package facelake.dlib;

import java.util.ArrayList;
import java.util.List;

/** Turns the flat arrays of the native detectors into records. */
final class Detections {
  /** Writes four ints and one score for each detection, as the native detectors do. */
  interface Writer {
    void write(int[] boxes, float[] scores);
  }

  private Detections() {}

  static List<Detection> read(int count, Writer writer) {
    int[] boxes = new int[4 * count];
    float[] scores = new float[count];
    writer.write(boxes, scores);
    List<Detection> detections = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int at = 4 * i;
      Box box = new Box(boxes[at], boxes[at + 1], boxes[at + 2], boxes[at + 3]);
      detections.add(new Detection(box, scores[i]));
    }
    return detections;
  }
}
