package facelake.job;

import java.util.List;
import java.util.SortedMap;

/**
 * What {@link ForgetJob} did, in numbers.
 *
 * @param rows rows that went, by table
 * @param purged tables that have no history any more
 * @param folders what went from sites and exports
 * @param searched files that were read again in the end, by where they are: the lake, a folder
 * @param left where something of the person still stands; empty when all is well
 */
public record ForgetResult(
    SortedMap<String, Long> rows,
    List<String> purged,
    List<ForgetFolder.Found> folders,
    SortedMap<String, Long> searched,
    List<String> left,
    double seconds) {}
