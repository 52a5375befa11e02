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
    if (plan.notFound() != null) {
      out.println("That alone: whom you name now was not found, and nothing of it goes");
      out.println("  " + plan.notFound());
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
    plan.labels().forEach((label, photos) -> out.printf("  %,9d photos of %s%n", photos, label));
    plan.people().forEach(person -> out.println("  person " + person));
    plan.removed().forEach(table -> out.println("  all of " + table));
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
    result.plan().removed().forEach(table -> out.println("  all of " + table + " went"));
    out.printf("  %,9d tables have no history%n", result.purged().size());
    result.folders().forEach(this::folder);
    for (Map.Entry<String, Long> searched : result.searched().entrySet()) {
      out.printf("  %,9d files of %s were read again%n", searched.getValue(), searched.getKey());
    }
    result
        .unproven()
        .forEach(
            folder -> out.printf("Not proven for %s, which %s%n", folder.uri(), folder.problem()));
    if (!result.left().isEmpty()) {
      out.printf("%,d left:%n", result.left().size());
      result.left().stream().limit(LEFT_SHOWN).forEach(left -> out.println("  " + left));
    } else if (result.isProven()) {
      out.printf(
          "0 left: nothing of the %,d faces and %,d photos chosen stands in any of them%n",
          result.plan().faces(), result.plan().photos());
    }
    if (result.plan().notFound() != null) {
      out.println("Only the run that was killed is completed: " + result.plan().notFound());
    }
    if (result.folders().stream().anyMatch(ForgetFolder.Found::isConcerned)) {
      out.println("Make sites and exports anew after the tables");
    }
    out.flush();
  }
}
