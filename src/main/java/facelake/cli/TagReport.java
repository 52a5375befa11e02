package facelake.cli;

import facelake.ShellCommand;
import facelake.job.TagResult;
import facelake.table.SqlText;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Tells what a run of {@code tag} did. */
final class TagReport {
  private final PrintWriter out;

  TagReport(PrintWriter out) {
    this.out = out;
  }

  void print(TagResult result, String lake) {
    TagResult.GalleryCount gallery = result.galleryFaces();
    out.printf(
        "%s: %,d %s, %,d with a name and %,d unknown, at a threshold of %s (%.1f s)%n",
        String.join(", ", result.datasets()),
        result.faces(),
        result.faces() == 1 ? "face" : "faces",
        result.named(),
        result.unknown(),
        (float) result.threshold(),
        result.seconds());
    line(gallery.people(), "people", " in gallery " + result.gallery() + ", by " + faces(gallery));
    line(result.people(), "people", " found");
    line(result.photos(), "photos", " with somebody who is known");
    line(result.compared(), "faces", " compared with the whole gallery");
    if (result.compared() < result.faces()) {
      line(result.faces() - result.compared(), "faces", " compared before" + since(result));
    }
    if (result.doubtful() > 0) {
      line(result.doubtful(), "names", " with a probability under 0.5");
    }
    long leftOut = leftOut(gallery).values().stream().mapToLong(Long::longValue).sum();
    if (leftOut > 0) {
      line(leftOut, "photos", " of the gallery left out: " + inWords(leftOut(gallery)));
    }
    for (TagResult.Person person : result.largest()) {
      out.printf(
          "  %s  %s, the nearest in %s%n",
          person.name(), counted(person.faces(), "faces"), person.exampleUri());
    }
    result.notes().forEach(note -> out.println("Note: " + note));
    String query =
        ("SELECT name, distance, margin, probability, uri FROM tags"
                + " WHERE gallery = %s AND verdict = 'named' ORDER BY name, distance")
            .formatted(SqlText.literal(result.gallery()));
    out.println("Next: " + ShellCommand.of("sql", query, "--lake", lake));
    out.flush();
  }

  private static String since(TagResult result) {
    return result.newFaces() == 0
        ? ""
        : "; now with " + counted(result.newFaces(), "faces") + " that the gallery had not";
  }

  private static String faces(TagResult.GalleryCount gallery) {
    return counted(gallery.faces(), "faces");
  }

  private static Map<String, Long> leftOut(TagResult.GalleryCount gallery) {
    Map<String, Long> leftOut = new LinkedHashMap<>();
    leftOut.put("several faces", gallery.crowded());
    leftOut.put("no face", gallery.faceless());
    leftOut.put("failed", gallery.failed());
    leftOut.put("no name", gallery.unnamed());
    leftOut.values().removeIf(count -> count == 0);
    return leftOut;
  }

  private static String inWords(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .map(entry -> "%s %,d".formatted(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining(", "));
  }

  private void line(long count, String what, String more) {
    out.printf("  %,9d %s%s%n", count, one(count, what), more);
  }

  private static String counted(long count, String what) {
    return "%,d %s".formatted(count, one(count, what));
  }

  private static String one(long count, String what) {
    if (count != 1) {
      return what;
    }
    return what.equals("people") ? "person" : what.substring(0, what.length() - 1);
  }
}
