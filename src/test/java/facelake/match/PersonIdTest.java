package facelake.match;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PersonIdTest {
  /** {@code printf 'all\nf-1' | sha256sum | head -c 16}. */
  @Test
  void isTheHeadOfTheHashOfScopeAndSmallestFace() {
    assertThat(PersonId.of("all", "f-1")).isEqualTo("p-857c562432471084");
  }

  @Test
  void differsBetweenScopes() {
    assertThat(PersonId.of("all", "f-1")).isNotEqualTo(PersonId.of("dataset:a", "f-1"));
  }
}
