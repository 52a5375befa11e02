package facelake.cli;

import facelake.ShellCommand;
import facelake.job.DedupeResult;
import facelake.job.LakeSummary;
import facelake.job.QuickstartJob;
import facelake.job.QuickstartOptions;
import facelake.job.QuickstartResult;
import facelake.match.MatchVerdict;
import facelake.pipeline.GenderModel;
import facelake.table.ImageStatus;
import java.io.PrintWriter;
import java.util.stream.Collectors;

/** Tells what facelake found in dlib's example photos, and what to try next. */
final class QuickstartReport {
  private final PrintWriter out;
  private final String lake;

  /**
   * A report.
   *
   * @param lake the lake as the user names it
   */
  QuickstartReport(PrintWriter out, String lake) {
    this.out = out;
    this.lake = lake;
  }

  void print(QuickstartOptions options, QuickstartResult result) {
    LakeSummary summary = result.summary();
    out.println();
    out.println("What facelake found in dlib's example photos");
    out.println();
    row("images", "%,d", summary.present());
    row("without a face", "%,d", summary.images(ImageStatus.NO_FACE));
    row("failed", "%,d", summary.images(ImageStatus.FAILED));
    row("faces", "%,d", summary.faces());
    row("gender", "%s", gender(options.pipeline().genderModel(), summary));
    row(
        QuickstartJob.PHOTO,
        "%,d faces of %,d people",
        result.photo().faces(),
        result.photo().people());
    row("albums", "%s", albums(result.albums()));
    row("speed", "%s", speed(result));
    row("tables", "%s", options.lake().root());
    who(options, result.albums());
    next(result.review().page());
    out.flush();
  }

  private void row(String name, String format, Object... values) {
    out.printf("  %-14s %s%n", name, format.formatted(values));
  }

  private static String gender(GenderModel model, LakeSummary summary) {
    if (model == GenderModel.NONE) {
      return "no labels: gender-v1 could not be fetched; put the file into a folder and run"
          + " FACELAKE_MODELS=FOLDER jobs/quickstart";
    }
    return summary.genders().entrySet().stream()
        .map(entry -> "%s %,d".formatted(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String albums(DedupeResult albums) {
    return "%,d faces under %,d names are %,d people, of whom %,d are in both"
        .formatted(albums.faces(), albums.identities(), albums.people(), albums.shared());
  }

  private static String speed(QuickstartResult result) {
    if (result.images() == 0) {
      return "nothing was left to do; delete the lake to see it work";
    }
    return "%,d images in %.0f s, most of them for starting; a large collection shows the speed"
        .formatted(result.images(), result.seconds());
  }

  private void who(QuickstartOptions options, DedupeResult albums) {
    out.println();
    out.printf("Who is who in %s%n", String.join(" and ", albums.datasets()));
    for (DedupeResult.Example pair : albums.examples()) {
      out.printf(
          "  %s = %s  %s, probability %.4f, distance %.2f%n",
          pair.a(), pair.b(), MatchVerdict.SAME.label(), pair.probability(), pair.distance());
    }
    out.printf("See for yourself, the photos are links: ls -l %s/*/*%n", options.albums());
  }

  private void next(String page) {
    out.println();
    out.println("Try:");
    sql(
        "SELECT dataset, count(*) AS faces, round(avg(size)) AS mean_size FROM faces"
            + " GROUP BY dataset");
    sql(
        "SELECT identity_a, identity_b, distance, probability, verdict, reason FROM matches"
            + " ORDER BY score DESC");
    sql(
        "SELECT person_id, dataset, identity, count(*) AS faces FROM people"
            + " WHERE scope = 'resolved' GROUP BY ALL ORDER BY person_id, dataset");
    sql(
        "SELECT dataset, images, faces, images_per_second, failures FROM runs"
            + " WHERE command = 'index' ORDER BY started_at");
    out.println("Then index your own photos:");
    out.println("  jobs/facelake index --input PHOTOS --dataset mine --lake lake");
    out.printf("And look at it: open %s in a browser%n", page);
  }

  private void sql(String query) {
    out.println("  " + ShellCommand.of("sql", query, "--lake", lake));
  }
}
