package facelake.step.forget;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MentionsTest {
  private static final Mentions MENTIONS =
      Mentions.of(List.of("Ann", "Grace \"G\" Hopper", "file:///photos/ann/1.jpg"));

  @Test
  void findsWholeWordsOnly() {
    assertThat(MENTIONS.in("{\"identity\":\"Ann\"}")).isTrue();
    assertThat(MENTIONS.in("/photos/Ann/2.jpg")).isTrue();
    assertThat(MENTIONS.in("Anna, Hannah and JoAnn")).isFalse();
    assertThat(MENTIONS.in("Anna beside Ann")).isTrue();
    assertThat(MENTIONS.in("")).isFalse();
  }

  @Test
  void findsLongWordsByTheirEnds() {
    assertThat(MENTIONS.in("[file:///photos/ann/1.jpg, 3]")).isTrue();
    assertThat(MENTIONS.in("file:///photos/ann/1.jpg")).isTrue();
    assertThat(MENTIONS.in("file:///others/ann/1.jpg")).isFalse();
    assertThat(MENTIONS.in("file:///photos/ann/1.jpg2")).isFalse();
  }

  @Test
  void findsWhatJsonEscapes() {
    assertThat(MENTIONS.in("{\"name\":\"Grace \\\"G\\\" Hopper\"}")).isTrue();
    assertThat(MENTIONS.in("Grace \"G\" Hopper")).isTrue();
  }
}
