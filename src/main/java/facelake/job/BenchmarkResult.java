package facelake.job;

import facelake.net.Precision;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@link BenchmarkJob} measured, on one thread.
 *
 * @param processor its name
 * @param instructions the instruction set that oneDNN uses
 * @param peak GFLOP/s of a plain matrix product, by precision
 * @param networks the networks, those whose models are here
 * @param steps everything else
 * @param pairs comparing faces with faces, if that was asked for
 * @param remarks what was left out or is not what it seems, in words
 */
public record BenchmarkResult(
    String processor,
    String instructions,
    Map<Precision, Double> peak,
    List<Network> networks,
    List<Step> steps,
    Optional<PairsBenchmark.Outcome> pairs,
    List<String> remarks) {

  /**
   * One network, or a whole photo.
   *
   * @param name such as {@code resnet-v1}, {@code mmod-3mp} or {@code photo-250}
   * @param dlib milliseconds of dlib's own code, for a face or a photo
   * @param onednn milliseconds on oneDNN, by precision
   * @param gflop multiplications and additions in 10^9; 0 where they are not counted
   */
  public record Network(String name, double dlib, Map<Precision, Double> onednn, double gflop) {
    /** How many times as fast as dlib's own code. */
    public double ratio(Precision precision) {
      return dlib / onednn.get(precision);
    }

    /** GFLOP/s. */
    public double gflops(Precision precision) {
      return gflop / onednn.get(precision) * 1e3;
    }
  }

  /**
   * One step without a network.
   *
   * @param name such as {@code hog-3mp}
   * @param dlib milliseconds of dlib's own code; 0 where that is what runs
   * @param ms milliseconds of what runs
   */
  public record Step(String name, double dlib, double ms) {
    /** How many times as fast as dlib's own code. */
    public double ratio() {
      return dlib / ms;
    }
  }

  /** All figures by flat keys such as {@code resnet-v1.fp32.ratio}. */
  public Map<String, Object> flat() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("processor", processor);
    figures.put("instructions", instructions);
    peak.forEach((precision, gflops) -> figures.put("peak." + precision + ".gflops", gflops));
    for (Network network : networks) {
      figures.put(network.name() + ".dlib.ms", network.dlib());
      network
          .onednn()
          .forEach(
              (precision, ms) -> {
                String key = network.name() + "." + precision;
                figures.put(key + ".ms", ms);
                figures.put(key + ".ratio", network.ratio(precision));
                if (network.gflop() > 0) {
                  figures.put(key + ".gflops", network.gflops(precision));
                  figures.put(key + ".peak-share", network.gflops(precision) / peak.get(precision));
                }
              });
    }
    for (Step step : steps) {
      figures.put(step.name() + ".ms", step.ms());
      if (step.dlib() > 0) {
        figures.put(step.name() + ".dlib.ms", step.dlib());
        figures.put(step.name() + ".ratio", step.ratio());
      }
    }
    pairs.ifPresent(
        all ->
            all.seconds()
                .keySet()
                .forEach(
                    precision ->
                        figures.put(
                            "pairs." + precision + ".core-seconds-per-million",
                            all.secondsOfAMillion(precision))));
    if (!remarks.isEmpty()) {
      figures.put("remarks", String.join("; ", remarks));
    }
    return figures;
  }
}
