package facelake.step.forget;

import static org.assertj.core.api.Assertions.assertThat;

import facelake.match.Subject;
import java.util.List;
import org.junit.jupiter.api.Test;

class MentionsTest {
  private static final Mentions MENTIONS =
      Mentions.of(
          List.of("p-1234"),
          List.of("file:///photos/ann/1.jpg", "beach"),
          List.of(new Subject.Identity("home", "ada")),
          List.of("ada", "Grace \"G\" Hopper"));

  @Test
  void findsIdsAnywhere() {
    assertThat(MENTIONS.in("/p-1234/photo.jpg")).isTrue();
    assertThat(MENTIONS.in("p-12345, up-1234")).isFalse();
    assertThat(MENTIONS.in("p-12345 beside p-1234")).isTrue();
    assertThat(MENTIONS.in("")).isFalse();
  }

  @Test
  void findsUrisThatAreNoPartOfOthers() {
    assertThat(MENTIONS.in("[file:///photos/ann/1.jpg, 3]")).isTrue();
    assertThat(MENTIONS.in("image:file:///photos/ann/1.jpg")).isTrue();
    assertThat(MENTIONS.in("exact copy of file:///photos/ann/1.jpg.")).isTrue();
    assertThat(MENTIONS.in("file:///others/ann/1.jpg")).isFalse();
    assertThat(MENTIONS.in("file:///photos/ann/1.jpg2")).isFalse();
    assertThat(MENTIONS.in("file:///photos/ann/1.jpg.tar#1.jpg")).isFalse();
    assertThat(MENTIONS.in("file:///photos/ann/1.jpg/2.jpg")).isFalse();
    assertThat(MENTIONS.in("at the beach")).isFalse();
    assertThat(MENTIONS.isUri("beach")).isTrue();
  }

  @Test
  void findsLabelsThatAreNoPartOfPaths() {
    assertThat(MENTIONS.in("home/ada, work/ben")).isTrue();
    assertThat(MENTIONS.in("file:///home/ada/1.jpg")).isFalse();
    assertThat(MENTIONS.in("--input /home/ada")).isFalse();
    assertThat(MENTIONS.in("home/ada-2019")).isFalse();
    assertThat(MENTIONS.isLabel("home", "ada")).isTrue();
    assertThat(MENTIONS.isLabel("ada", "home")).isFalse();
    assertThat(MENTIONS.isLabel(null, "ada")).isFalse();
  }

  @Test
  void findsNamesAsWholeValuesOfFieldsOfNamesOnly() {
    assertThat(MENTIONS.in("{\"dataset\":\"x\", \"identity\": \"ada\"}")).isTrue();
    assertThat(MENTIONS.in("{\"identities\":[\"ben\", \"ada\"]}")).isTrue();
    assertThat(MENTIONS.in("{\"stats\":\"{\\\"identity\\\":\\\"ada\\\"}\"}")).isTrue();
    assertThat(MENTIONS.in("{\"name\":\"Grace \\\"G\\\" Hopper\"}")).isTrue();
    assertThat(MENTIONS.in("<td>ada</td>")).isTrue();
    assertThat(MENTIONS.in("{\"dataset\":\"ada\"}")).isFalse();
    assertThat(MENTIONS.in("{\"datasets\":[\"ben\",\"ada\"]}")).isFalse();
    assertThat(MENTIONS.in("{\"who\":\"ada\", \"ada\": 1}")).isFalse();
    assertThat(MENTIONS.in("{\"identity\":\"ada lovelace\"}")).isFalse();
    assertThat(MENTIONS.in("ada")).isFalse();
    assertThat(MENTIONS.in("seen by ada in /home/ada/photos")).isFalse();
    assertThat(MENTIONS.isName("identity_a", "ada")).isTrue();
    assertThat(MENTIONS.isName("who", "ada")).isFalse();
  }
}
