package facelake.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import facelake.ShellCommand;
import facelake.UserError;
import facelake.eval.Calibration;
import facelake.eval.Rate;
import facelake.job.CalibrateResult.Calibrated;
import java.io.IOException;
import java.io.Reader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The file of {@link CalibrateJob}: thresholds by embedder and group, as JSON. */
final class CalibrationFile {
  private static final String THRESHOLDS = "thresholds";
  private static final String EMBEDDER = "embedder";
  private static final String KIND = "kind";
  private static final String GROUP = "group";
  private static final String THRESHOLD = "threshold";
  private static final String BASIS = "basis";

  private CalibrationFile() {}

  /** What is written. */
  static Map<String, Object> values(CalibrateResult result) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("false-match-rate", result.falseMatchRate());
    values.put(THRESHOLDS, result.thresholds().stream().map(CalibrationFile::values).toList());
    return values;
  }

  private static Map<String, Object> values(Calibrated calibrated) {
    Calibration calibration = calibrated.calibration();
    Map<String, Object> values = new LinkedHashMap<>();
    values.put(EMBEDDER, calibrated.embedder());
    values.put(KIND, calibrated.kind());
    values.put(GROUP, calibrated.group());
    values.put(THRESHOLD, ScoreFigures.number(calibration.threshold()));
    values.put(BASIS, calibration.basis().toString());
    values.put("threshold-from", ScoreFigures.number(calibration.from()));
    values.put("threshold-to", ScoreFigures.number(calibration.to()));
    values.put("measured-false-match-rate", values(calibration.falseMatchRate()));
    values.put("measured-false-non-match-rate", values(calibration.falseNonMatchRate()));
    values.put("faces", calibrated.faces());
    values.put("people", calibrated.people());
    values.put("pairs-of-one-person", calibrated.genuinePairs());
    values.put("pairs-of-two-people", calibrated.impostorPairs());
    return values;
  }

  private static Map<String, Object> values(Rate rate) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("value", ScoreFigures.number(rate.value()));
    values.put("lower", rate.lower());
    values.put("upper", rate.upper());
    return values;
  }

  /**
   * Reads the threshold for an embedder.
   *
   * @param group {@code KIND=GROUP}; empty for all people
   * @param embedder as in {@code faces.embedder}
   * @throws UserError when the file has none
   */
  static double threshold(Reader in, String file, String group, String embedder)
      throws IOException {
    JsonNode thresholds = new ObjectMapper().readTree(in).path(THRESHOLDS);
    if (!thresholds.isArray()) {
      throw new UserError(
          "%s holds no thresholds; make it with: %s",
          file, ShellCommand.of("calibrate", "--out", file));
    }
    List<JsonNode> entries =
        StreamSupport.stream(thresholds.spliterator(), false)
            .filter(entry -> entry.path(EMBEDDER).asText().equals(embedder))
            .toList();
    if (entries.isEmpty()) {
      throw new UserError(
          "%s has no threshold for embeddings of %s; it has some for %s. Calibrate on faces that are"
              + " embedded like these",
          file, embedder, texts(thresholds, EMBEDDER));
    }
    JsonNode entry =
        entries.stream()
            .filter(one -> name(one).equals(group))
            .findFirst()
            .orElseThrow(
                () ->
                    new UserError(
                        "%s has no group %s; its groups are: %s",
                        file,
                        group,
                        entries.stream()
                            .map(CalibrationFile::name)
                            .filter(name -> !name.isEmpty())
                            .collect(Collectors.joining(", "))));
    if (!entry.path(THRESHOLD).isNumber()) {
      throw new UserError(
          "%s has no threshold for %s: %s to say; calibrate with a larger --fmr or more faces,"
              + " without copies of photos under two names",
          file, embedder, entry.path(BASIS).asText());
    }
    return entry.path(THRESHOLD).asDouble();
  }

  private static String name(JsonNode entry) {
    String kind = entry.path(KIND).asText();
    return kind.isEmpty() ? "" : kind + "=" + entry.path(GROUP).asText();
  }

  private static String texts(JsonNode entries, String field) {
    String texts =
        StreamSupport.stream(entries.spliterator(), false)
            .map(entry -> entry.path(field).asText())
            .distinct()
            .collect(Collectors.joining(", "));
    return texts.isEmpty() ? "nothing" : texts;
  }
}
