/**
 * The jobs: one final class each, with an immutable record of options in and a result out of {@code
 * execute()}. A job reads like a table of contents; the work is done by what stands below. Commands
 * run them; so can any other program that has a Spark session.
 */
package facelake.job;
