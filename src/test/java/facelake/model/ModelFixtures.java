package facelake.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;

/** Tiny models with honest hashes. */
final class ModelFixtures {
  private ModelFixtures() {}

  static byte[] bytes(String content) {
    return content.getBytes(UTF_8);
  }

  /** A model whose file holds this text. */
  static ModelSpec known(String name, String content, ModelSource... sources) {
    byte[] bytes = bytes(content);
    return spec(name, (long) bytes.length, Hashes.sha256(bytes), null, sources);
  }

  /** A model of which only the compressed file's git id is published. */
  static ModelSpec knownByBlob(String name, String blob, ModelSource... sources) {
    return spec(name, null, null, blob, sources);
  }

  /** A model of which nobody knows a hash. */
  static ModelSpec unknown(String name) {
    return spec(name, null, null, null, new ModelSource(ModelSource.Kind.BY_HAND, "http://page"));
  }

  static ModelSource debian(String member) {
    return new ModelSource(ModelSource.Kind.DEBIAN, member);
  }

  static ModelSource dlibNet(String url) {
    return new ModelSource(ModelSource.Kind.DLIB_NET, url);
  }

  static byte[] bzip2(byte[] content) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (BZip2CompressorOutputStream out = new BZip2CompressorOutputStream(compressed)) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return compressed.toByteArray();
  }

  /** Progress that remembers its lines. */
  static final class Heard implements FetchProgress {
    final List<String> lines = new ArrayList<>();
    long furthest;

    @Override
    public synchronized void line(String text) {
      lines.add(text);
    }

    @Override
    public synchronized void advance(String what, long done, long total) {
      furthest = Math.max(furthest, done);
    }

    @Override
    public void finished() {}
  }

  private static ModelSpec spec(
      String name, Long bytes, String sha256, String blob, ModelSource... sources) {
    return new ModelSpec(
        name,
        name + ".dat",
        ModelKind.TEST,
        bytes,
        sha256,
        null,
        blob,
        "anything",
        null,
        "nobody",
        "CC0-1.0",
        List.of("people"),
        List.of(sources),
        "");
  }
}
