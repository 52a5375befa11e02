package facelake.model;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/** Decompresses bzip2 with the fastest means of this machine. */
final class Bzip2 {
  /** Several threads, then one; both about twice as fast as Java or better. */
  private static final List<String> PROGRAMS = List.of("lbzip2", "bzip2");

  private static final int BUFFER = 1 << 16;

  private Bzip2() {}

  /** The decompressed bytes; closing closes the compressed stream too. */
  static InputStream decompress(InputStream compressed) throws IOException {
    for (String program : PROGRAMS) {
      try {
        Process process =
            new ProcessBuilder(program, "-dc")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new BufferedInputStream(new Pipe(program, process, compressed), BUFFER);
      } catch (IOException notInstalled) {
        // The next one may be.
      }
    }
    return decompressInJava(compressed);
  }

  static InputStream decompressInJava(InputStream compressed) throws IOException {
    return new BZip2CompressorInputStream(new BufferedInputStream(compressed, BUFFER), true);
  }

  /** The output of a program that is fed by a thread of its own. */
  private static final class Pipe extends FilterInputStream {
    private final String program;
    private final Process process;
    private final InputStream compressed;

    Pipe(String program, Process process, InputStream compressed) {
      super(process.getInputStream());
      this.program = program;
      this.process = process;
      this.compressed = compressed;
      Thread feeder = new Thread(this::feed, "feed-" + program);
      feeder.setDaemon(true);
      feeder.start();
    }

    private void feed() {
      try (OutputStream out = process.getOutputStream()) {
        compressed.transferTo(out);
      } catch (IOException stopped) {
        // The program stopped early, or lacks input: its exit code tells the reader.
      }
    }

    @Override
    public int read() throws IOException {
      return requireWhole(super.read());
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      return requireWhole(super.read(buffer, offset, length));
    }

    private int requireWhole(int result) throws IOException {
      if (result < 0 && exitCode() != 0) {
        throw new IOException(
            "the bzip2 data are damaged or truncated ("
                + program
                + " ended with "
                + exitCode()
                + ")");
      }
      return result;
    }

    private int exitCode() throws IOException {
      try {
        return process.waitFor();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while " + program + " ran", e);
      }
    }

    @Override
    public void close() throws IOException {
      process.destroy();
      super.close();
      compressed.close();
    }
  }
}
