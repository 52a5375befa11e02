package facelake;

import facelake.image.ImageDecoder;
import facelake.image.ImageFailure;
import facelake.image.RgbImage;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** The photos of LFW, in the order of its tar. */
public final class LfwPhotos implements AutoCloseable {
  private final ImageDecoder decoder = new ImageDecoder(100_000_000);
  private final TarArchiveInputStream members;

  private LfwPhotos(TarArchiveInputStream members) {
    this.members = members;
  }

  /** Opens the tar, or skips the test that asks. */
  public static LfwPhotos openOrSkip() throws IOException {
    return new LfwPhotos(
        new TarArchiveInputStream(
            new BufferedInputStream(
                Files.newInputStream(TestData.sharedOrSkip("lfw/lfw-deepfunneled.tar")))));
  }

  /** The next photo, decoded; null after the last. */
  public RgbImage next() throws IOException, ImageFailure {
    TarArchiveEntry member;
    while ((member = members.getNextEntry()) != null) {
      if (member.getName().endsWith(".jpg") && !member.getName().contains("/.")) {
        return decoder.decode(members.readAllBytes()).image();
      }
    }
    return null;
  }

  @Override
  public void close() throws IOException {
    members.close();
  }
}
