package facelake.model;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Tells how much of a stream was read, until it is closed. */
final class ProgressStream extends FilterInputStream {
  private final String what;
  private final long total;
  private final FetchProgress progress;
  private long done;
  private boolean closed;

  ProgressStream(InputStream in, String what, long total, FetchProgress progress) {
    super(in);
    this.what = what;
    this.total = total;
    this.progress = progress;
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    advance(value < 0 ? 0 : 1);
    return value;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count = super.read(buffer, offset, length);
    advance(Math.max(count, 0));
    return count;
  }

  private synchronized void advance(int count) {
    if (!closed) {
      done += count;
      progress.advance(what, done, total);
    }
  }

  @Override
  public void close() throws IOException {
    super.close();
    finish();
  }

  private synchronized void finish() {
    closed = true;
    progress.finished();
  }
}
