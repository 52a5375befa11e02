package facelake.job;

import facelake.step.forget.Mentions;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Looks for words in files of any length and kind, as far as they hold text in UTF-8. */
final class TextScan {
  private static final int BUFFER = 1 << 20;

  /** No word is longer. */
  private static final int OVERLAP = 1 << 13;

  private TextScan() {}

  /** Whether a file has a mention. */
  static boolean has(FileSystem files, Path file, Mentions mentions) throws IOException {
    try (InputStream in = files.open(file)) {
      return has(new InputStreamReader(in, StandardCharsets.UTF_8), mentions);
    }
  }

  private static boolean has(Reader in, Mentions mentions) throws IOException {
    char[] buffer = new char[BUFFER];
    int kept = 0;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer, kept, BUFFER - kept)) {
      int length = kept + read;
      if (length < BUFFER) {
        kept = length;
        continue;
      }
      if (mentions.in(new String(buffer, 0, length))) {
        return true;
      }
      System.arraycopy(buffer, length - OVERLAP, buffer, 0, OVERLAP);
      kept = OVERLAP;
    }
    return mentions.in(new String(buffer, 0, kept));
  }
}
