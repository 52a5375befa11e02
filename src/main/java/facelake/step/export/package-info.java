/**
 * Training sets out of a lake: pieces that {@code export} composes.
 *
 * <p>{@link facelake.step.export.ExportRule} decides what becomes of a face, in words that {@link
 * facelake.step.export.PhotoOutcome} lists, and {@link facelake.step.export.ExportPlan} applies it
 * to a lake's tables. {@link facelake.step.export.Standing} tells which photos are still where they
 * were indexed, {@link facelake.step.export.FileNames} names files, {@link
 * facelake.step.export.ExportChunks} cuts the work, and {@link facelake.step.export.ExportedFiles}
 * writes it.
 */
package facelake.step.export;
