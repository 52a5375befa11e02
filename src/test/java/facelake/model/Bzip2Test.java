package facelake.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Bzip2Test {
  private final byte[] content = new byte[300_000];
  private final byte[] compressed;

  Bzip2Test() {
    new Random(1).nextBytes(content);
    compressed = ModelFixtures.bzip2(content);
  }

  @Test
  void everyMeansGivesTheSameBytes() throws IOException {
    try (InputStream fast = Bzip2.decompress(new ByteArrayInputStream(compressed));
        InputStream java = Bzip2.decompressInJava(new ByteArrayInputStream(compressed))) {
      assertThat(fast.readAllBytes()).isEqualTo(content);
      assertThat(java.readAllBytes()).isEqualTo(content);
    }
  }

  @Test
  void rejectsTruncatedData() throws IOException {
    byte[] half = Arrays.copyOf(compressed, compressed.length / 2);
    try (InputStream in = Bzip2.decompress(new ByteArrayInputStream(half))) {
      assertThatThrownBy(in::readAllBytes).isInstanceOf(IOException.class);
    }
  }

  @Test
  void canBeLeftEarly() throws IOException {
    try (InputStream in = Bzip2.decompress(new ByteArrayInputStream(compressed))) {
      assertThat(in.read()).isEqualTo(content[0] & 0xff);
    }
  }
}
