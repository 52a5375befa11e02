package facelake.job;

import facelake.eval.PlantedTruth;

/**
 * What {@link PlantedDatasets} made.
 *
 * @param people who stand in the datasets
 * @param inBoth how many of them stand in both
 * @param identities names of both datasets together
 * @param photos photos of both datasets together, without the copies
 * @param wrongLabels photos that were given another's name
 * @param merged names that two people share
 * @param copiesWithoutFace copies in which the pipeline finds no face, such as small ones
 * @param truth what is so
 * @param seconds of the whole run
 */
public record PlantedResult(
    long people,
    long inBoth,
    long identities,
    long photos,
    long wrongLabels,
    long merged,
    long copiesWithoutFace,
    PlantedTruth truth,
    double seconds) {}
