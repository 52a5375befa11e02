/** Pictures and pages that tell people what was measured. */
package facelake.report;
