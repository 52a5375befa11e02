package facelake.step.source;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.hadoop.fs.FSDataInputStream;

/**
 * The images of one tar, from its headers; where the file system can seek, no image is read. GNU
 * and PAX long names are understood. Links, devices and sparse files are skipped, and names are
 * only names: nothing is ever written where they point to.
 *
 * <p>A tar that ends early gives all members before the cut and the cut one with its declared size,
 * which then cannot be read in full, and a warning.
 */
final class TarIndex implements Iterator<Found>, AutoCloseable {
  private static final int RECORD = 512;

  private final Storage storage;
  private final SourceImage tar;
  private final Deque<Found> ready = new ArrayDeque<>();
  private FSDataInputStream stream;
  private TarArchiveInputStream members;
  private long headers;
  private boolean done;

  /** Members of one key that wait for what their sidecar says. */
  private final List<SourceImage> waiting = new ArrayList<>();

  private String key = "";
  private String label;

  /** The index of a tar, which is opened when the first member is asked for. */
  TarIndex(Storage storage, SourceImage tar) {
    this.storage = storage;
    this.tar = tar;
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && !done) {
      advance();
    }
    return !ready.isEmpty();
  }

  @Override
  public Found next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.remove();
  }

  /** Closes the tar; more than once does no harm. */
  @Override
  public void close() throws IOException {
    if (stream != null) {
      stream.close();
    }
  }

  private void advance() {
    try {
      if (stream == null) {
        stream = storage.open(tar.uri());
        members = new TarArchiveInputStream(stream, "UTF-8");
      }
      TarArchiveEntry entry = members.getNextEntry();
      if (entry == null) {
        checkEnd();
        finish();
      } else {
        take(entry);
      }
    } catch (IOException | RuntimeException e) {
      finish();
      ready.add(complaint(e));
    }
  }

  private Found complaint(Exception e) {
    if (stream == null) {
      return Found.warning(0, "Tar " + tar.uri() + " could not be opened: " + Storage.inWords(e));
    }
    return headers == 0
        ? Found.refused(
            0,
            "%s is no tar file (%s); take it out, or make it anew"
                .formatted(tar.uri(), e.getMessage()))
        : Found.warning(
            0,
            "Tar %s is read up to its member %d only: %s"
                .formatted(tar.uri(), headers, e.getMessage()));
  }

  private void finish() {
    done = true;
    release();
  }

  private void checkEnd() throws EOFException {
    if (headers == 0 && tar.bytes() < RECORD) {
      throw new EOFException("it has %d bytes".formatted(tar.bytes()));
    }
    if (tar.bytes() % RECORD != 0) {
      throw new EOFException("it ends inside a record, at byte %d".formatted(tar.bytes()));
    }
  }

  private void take(TarArchiveEntry entry) throws IOException {
    long at = stream.getPos();
    if (!entry.isCheckSumOK()) {
      throw new IOException("the header before byte %d is damaged".formatted(at));
    }
    headers++;
    if (!entry.isDirectory()) {
      takeFile(new Member(entry.getName()), entry, at);
    }
    if (at + entry.getSize() > tar.bytes()) {
      throw new EOFException(
          "it ends at byte %d, inside %s".formatted(tar.bytes(), entry.getName()));
    }
  }

  private void takeFile(Member member, TarArchiveEntry entry, long at) throws IOException {
    if (!regular(entry)) {
      ready.add(Found.skipped(0, "link, device or sparse file in a tar"));
    } else if (member.hidden()) {
      ready.add(Found.skipped(0, "hidden"));
    } else if (Suffix.picture(member.name())) {
      takeImage(member, image(member, entry.getSize(), at));
    } else if (member.folder() == null && Sidecar.named(member.name())) {
      open(member.key());
      label = Sidecar.identity(member.name(), members, entry.getSize(), label);
    } else {
      ready.add(Found.skipped(0, Suffix.of(member.name())));
    }
  }

  private void takeImage(Member member, SourceImage image) {
    if (member.folder() == null) {
      open(member.key());
      waiting.add(image);
    } else {
      ready.add(Found.image(0, image));
    }
  }

  private void open(String next) {
    if (!next.equals(key)) {
      release();
      key = next;
    }
  }

  private void release() {
    for (SourceImage image : waiting) {
      ready.add(Found.image(0, image.withIdentity(label)));
    }
    waiting.clear();
    label = null;
  }

  private SourceImage image(Member member, long bytes, long at) {
    String modified = tar.version().substring(tar.version().indexOf(':'));
    return new SourceImage(
        SourceUri.member(tar.uri(), member.path()),
        tar.source(),
        member.folder(),
        bytes,
        bytes + modified,
        tar.uri(),
        at);
  }

  private static boolean regular(TarArchiveEntry entry) {
    byte flag = entry.getLinkFlag();
    return (flag == TarArchiveEntry.LF_NORMAL
            || flag == TarArchiveEntry.LF_OLDNORM
            || flag == TarArchiveEntry.LF_CONTIG)
        && !entry.isSparse();
  }
}
