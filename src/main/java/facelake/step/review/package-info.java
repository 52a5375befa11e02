/**
 * What a site tells people of a lake: {@link facelake.step.review.SiteContent} reads the tables, a
 * class for each section makes that section's rows, and {@link facelake.step.review.FaceBook} looks
 * up the faces that are shown.
 */
package facelake.step.review;
