import facelake.job.BenchmarkJob;
import facelake.job.DrawnEmbeddings;
import facelake.job.PairsBenchmark;
import facelake.match.EmbeddingBlock;
import facelake.match.PairList;
import facelake.match.PairScan;
import facelake.net.Precision;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** {@code FaissPairs FACES FOLDER}: what the script faiss-pairs runs; the folder holds its program. */
final class FaissPairs {
  private static final int BLOCK = 4096;
  private static final double THRESHOLD = PairsBenchmark.THRESHOLD;

  /** FAISS computes distances in 32 bits: pairs this near to the threshold may fall on either side. */
  private static final double ROUNDING = 1e-5;

  public static void main(String[] arguments) throws Exception {
    int faces = Integer.parseInt(arguments[0]);
    Path folder = Path.of(arguments[1]);
    DrawnEmbeddings drawn = new DrawnEmbeddings(10, 1);
    EmbeddingBlock queries = drawn.block(0, faces);
    // Half of a person's faces would be missing at an odd multiple: people stand in both sets.
    EmbeddingBlock base = drawn.block(faces - faces / 2, faces);
    Path queriesFile = write(queries, folder.resolve("queries"));
    Path baseFile = write(base, folder.resolve("base"));

    double faiss = faiss(folder, queriesFile, baseFile);
    Set<Long> expected = pairs(folder.resolve("pairs"));
    System.out.printf("%,d faces against %,d, nearer than %.1f, one thread%n", faces, faces, THRESHOLD);
    System.out.printf("FAISS          %8.2f s %,12d pairs%n", faiss, expected.size());
    for (Precision precision : BenchmarkJob.precisions()) {
      Set<Long> found = new HashSet<>();
      double seconds = scan(queries, base, precision, found);
      System.out.printf(
          "facelake %s %9.2f s %,12d pairs %6.1f x, %s%n",
          precision, seconds, found.size(), faiss / seconds, compared(found, expected, queries, base));
    }
  }

  private static Path write(EmbeddingBlock block, Path file) throws IOException {
    ByteBuffer row = ByteBuffer.allocate(4 * block.dimensions()).order(ByteOrder.LITTLE_ENDIAN);
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      for (int i = 0; i < block.rows(); i++) {
        row.clear();
        row.asFloatBuffer().put(block.embedding(i));
        out.write(row.array());
      }
    }
    return file;
  }

  private static double faiss(Path folder, Path queries, Path base) throws Exception {
    Process process =
        new ProcessBuilder(
                folder.resolve("faiss_pairs").toString(),
                queries.toString(),
                base.toString(),
                String.valueOf(DrawnEmbeddings.DIMENSIONS),
                String.valueOf(THRESHOLD),
                folder.resolve("pairs").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String seconds = new String(process.getInputStream().readAllBytes()).strip();
    if (process.waitFor() != 0) {
      throw new IOException("FAISS failed with exit code " + process.exitValue());
    }
    return Double.parseDouble(seconds);
  }

  private static Set<Long> pairs(Path file) throws IOException {
    ByteBuffer numbers =
        ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    Set<Long> pairs = new HashSet<>();
    while (numbers.hasRemaining()) {
      pairs.add(pair(numbers.getInt(), numbers.getInt()));
    }
    return pairs;
  }

  private static long pair(int query, int base) {
    return (long) query << 32 | base;
  }

  private static double scan(
      EmbeddingBlock queries, EmbeddingBlock base, Precision precision, Set<Long> found) {
    EmbeddingBlock[] left = cut(queries);
    EmbeddingBlock[] right = cut(base);
    double seconds = 0;
    try (PairScan scan = new PairScan(THRESHOLD, DrawnEmbeddings.DIMENSIONS, precision)) {
      scan.between(left[0], right[0]);
      for (int i = 0; i < left.length; i++) {
        for (int j = 0; j < right.length; j++) {
          long start = System.nanoTime();
          PairList near = scan.between(left[i], right[j]);
          seconds += (System.nanoTime() - start) / 1e9;
          for (int k = 0; k < near.size(); k++) {
            found.add(pair(i * BLOCK + near.left(k), j * BLOCK + near.right(k)));
          }
        }
      }
    }
    return seconds;
  }

  private static EmbeddingBlock[] cut(EmbeddingBlock all) {
    EmbeddingBlock[] blocks = new EmbeddingBlock[(all.rows() + BLOCK - 1) / BLOCK];
    for (int i = 0; i < blocks.length; i++) {
      int rows = Math.min(BLOCK, all.rows() - i * BLOCK);
      float[] values = new float[rows * all.dimensions()];
      for (int row = 0; row < rows; row++) {
        System.arraycopy(
            all.embedding(i * BLOCK + row), 0, values, row * all.dimensions(), all.dimensions());
      }
      blocks[i] = new EmbeddingBlock(values, all.dimensions());
    }
    return blocks;
  }

  private static String compared(
      Set<Long> found, Set<Long> expected, EmbeddingBlock queries, EmbeddingBlock base) {
    Set<Long> different = new HashSet<>(found);
    different.addAll(expected);
    different.removeIf(pair -> found.contains(pair) && expected.contains(pair));
    long unexplained =
        different.stream()
            .filter(
                pair -> {
                  double distance =
                      queries.distance((int) (pair >> 32), base, (int) (long) pair);
                  return Math.abs(distance - THRESHOLD) > ROUNDING;
                })
            .count();
    return different.isEmpty()
        ? "the same pairs"
        : "%d pairs differ, %d of them not by FAISS's rounding"
            .formatted(different.size(), unexplained);
  }
}
