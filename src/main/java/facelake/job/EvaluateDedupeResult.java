package facelake.job;

import facelake.eval.DedupeScores;
import facelake.eval.MatchRanking;
import java.util.List;
import java.util.Optional;

/**
 * How well {@link DedupeJob} did.
 *
 * @param planted what was planted; empty where somebody's own truth was given, and then the scores
 *     of labels and photos count nothing
 * @param scores how right and complete the findings are
 * @param ranking pairs of identities by their scores
 * @param files what was written, absolute URIs
 * @param seconds of the whole job
 */
public record EvaluateDedupeResult(
    Optional<PlantedResult> planted,
    DedupeScores scores,
    MatchRanking ranking,
    List<String> files,
    double seconds) {}
