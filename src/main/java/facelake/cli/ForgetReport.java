package facelake.cli;

import facelake.job.ForgetFolder;
import facelake.job.ForgetPlan;
import facelake.job.ForgetResult;
import java.io.PrintWriter;
import java.util.Map;

/** Tells what a run of {@code forget} will do, and what it did. */
final class ForgetReport {
  private static final int LEFT_SHOWN = 20;

  private final PrintWriter out;

  ForgetReport(PrintWriter out) {
    this.out = out;
  }

  void plan(ForgetPlan plan) {
    if (plan.isUnfinished()) {
      out.println("A run that was killed is completed with this one");
    }
    for (ForgetPlan.Guess guess : plan.guesses()) {
      out.printf(
          "  %.3f  %s  %s%n",
          guess.distance(),
          guess.identity() == null ? guess.dataset() : guess.dataset() + "/" + guess.identity(),
          guess.uri());
    }
    if (!plan.guesses().isEmpty()) {
      out.printf("%,d faces are like that in the photo%n", plan.guesses().size());
    }
    out.printf(
        "To be forgotten: %,d faces, and %,d photos as a whole%n", plan.faces(), plan.photos());
    plan.rows().forEach((table, rows) -> out.printf("  %,9d rows of %s%n", rows, table));
    plan.folders().forEach(this::folder);
    plan.notes().forEach(note -> out.println("Note: " + note));
    out.println("No table of the lake can be read as it was before: all history goes");
    out.flush();
  }

  private void folder(ForgetFolder.Found folder) {
    if (folder.problem() != null) {
      out.printf("  %9s %s %s%n", "-", folder.uri(), folder.problem());
    } else {
      out.printf(
          "  %,9d pictures and %,d other files of %s%n",
          folder.pictures(), folder.changed(), folder.uri());
    }
  }

  void result(ForgetResult result) {
    out.printf("Done in %.1f s:%n", result.seconds());
    result.rows().forEach((table, rows) -> out.printf("  %,9d rows of %s went%n", rows, table));
    out.printf("  %,9d tables have no history%n", result.purged().size());
    result.folders().forEach(this::folder);
    for (Map.Entry<String, Long> searched : result.searched().entrySet()) {
      out.printf("  %,9d files of %s were read again%n", searched.getValue(), searched.getKey());
    }
    if (result.left().isEmpty()) {
      out.println("0 left: no face, photo or name of the person stands in any of them");
    } else {
      out.printf("%,d left:%n", result.left().size());
      result.left().stream().limit(LEFT_SHOWN).forEach(left -> out.println("  " + left));
    }
    if (result.folders().stream().anyMatch(ForgetFolder.Found::isConcerned)) {
      out.println("Make sites and exports anew after the tables");
    }
    out.flush();
  }
}
