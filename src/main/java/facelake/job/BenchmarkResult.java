package facelake.job;

import facelake.net.Precision;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@link BenchmarkJob} measured, on one thread.
 *
 * @param processor its name
 * @param instructions the instruction set that oneDNN uses
 * @param peak GFLOP/s of a plain matrix product, by precision
 * @param networks the networks, those whose models are here
 * @param steps milliseconds of everything else, by name
 */
public record BenchmarkResult(
    String processor,
    String instructions,
    Map<Precision, Double> peak,
    List<Network> networks,
    Map<String, Double> steps) {

  /**
   * One network.
   *
   * @param name such as {@code resnet-v1} or {@code mmod-3mp}
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
    steps.forEach((step, ms) -> figures.put(step + ".ms", ms));
    return figures;
  }
}
