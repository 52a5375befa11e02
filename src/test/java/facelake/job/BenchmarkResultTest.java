package facelake.job;

import static org.assertj.core.api.Assertions.assertThat;

import facelake.net.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BenchmarkResultTest {
  @Test
  void figuresHaveFlatKeys() {
    BenchmarkResult result =
        new BenchmarkResult(
            "a processor",
            "avx2",
            Map.of(Precision.FP32, 200.0),
            List.of(
                new BenchmarkResult.Network("resnet-v1", 12, Map.of(Precision.FP32, 3.0), 0.45),
                new BenchmarkResult.Network("mmod-3mp", 9000, Map.of(Precision.FP32, 450.0), 0)),
            List.of(
                new BenchmarkResult.Step("hog-3mp", 240, 80),
                new BenchmarkResult.Step("jpeg-3mp", 0, 20)),
            Optional.of(new PairsBenchmark.Outcome(1_000_000, 3, Map.of(Precision.FP32, 700.0))),
            List.of("a is not here", "b is c"));

    assertThat(result.flat())
        .containsOnly(
            Map.entry("processor", "a processor"),
            Map.entry("instructions", "avx2"),
            Map.entry("peak.fp32.gflops", 200.0),
            Map.entry("resnet-v1.dlib.ms", 12.0),
            Map.entry("resnet-v1.fp32.ms", 3.0),
            Map.entry("resnet-v1.fp32.ratio", 4.0),
            Map.entry("resnet-v1.fp32.gflops", 150.0),
            Map.entry("resnet-v1.fp32.peak-share", 0.75),
            Map.entry("mmod-3mp.dlib.ms", 9000.0),
            Map.entry("mmod-3mp.fp32.ms", 450.0),
            Map.entry("mmod-3mp.fp32.ratio", 20.0),
            Map.entry("hog-3mp.dlib.ms", 240.0),
            Map.entry("hog-3mp.ms", 80.0),
            Map.entry("hog-3mp.ratio", 3.0),
            Map.entry("jpeg-3mp.ms", 20.0),
            Map.entry("pairs.fp32.core-seconds-per-million", 700.0),
            Map.entry("remarks", "a is not here; b is c"));
  }

  @Test
  void contestantsTakeTurns() {
    List<String> turns = new ArrayList<>();
    Runnable slow =
        () -> {
          turns.add("slow");
          sleep(300);
        };
    Runnable fast =
        () -> {
          turns.add("fast");
          sleep(1);
        };

    double[] medians = new Contest(List.of(slow, fast)).medians();

    assertThat(medians[0]).isGreaterThan(299);
    assertThat(medians[1]).isBetween(1.0, 299.0);
    assertThat(turns.subList(0, 6)).containsExactly("slow", "fast", "slow", "fast", "slow", "fast");
  }

  private static void sleep(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
