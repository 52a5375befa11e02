package facelake.job;

import facelake.step.export.PhotoOutcome;
import java.util.List;
import java.util.SortedMap;

/**
 * What {@link ExportJob} wrote.
 *
 * @param datasets whose photos, sorted
 * @param target URI of the folder
 * @param photos photos of the datasets, each counted in one of the outcomes
 * @param outcomes photos by what became of them
 * @param people people with a picture, or in a list
 * @param pictures pictures that stand in the target, or are listed there
 * @param files files that hold them: shards, or as many as pictures; 0 of a list
 * @param unchanged files of an earlier run that were whole and stayed
 * @param unread what of the inputs could not be looked into, whose photos count as missing
 * @param seconds of the whole job
 */
public record ExportResult(
    List<String> datasets,
    String target,
    long photos,
    SortedMap<PhotoOutcome, Long> outcomes,
    long people,
    long pictures,
    long files,
    long unchanged,
    List<String> unread,
    double seconds) {}
