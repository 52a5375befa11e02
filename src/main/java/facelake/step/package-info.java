/**
 * Pieces of jobs, from {@code Dataset} to {@code Dataset}: no options parsed, no table written, so
 * that another job or a test can use them. {@link facelake.step.FindPeople} groups faces into
 * people, {@link facelake.step.FindDuplicates} photos into copies, {@link
 * facelake.step.ImpostorScan} finds strangers that are near each other, {@code tag} names faces,
 * and {@code train} fits classifiers.
 */
package facelake.step;
