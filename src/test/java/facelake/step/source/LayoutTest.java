package facelake.step.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facelake.UserError;
import org.junit.jupiter.api.Test;

class LayoutTest {
  @Test
  void parsesEveryLabel() {
    for (Layout layout : Layout.values()) {
      assertThat(Layout.parse(layout.label())).isEqualTo(layout);
    }
  }

  @Test
  void suggestsTheNearestForAnUnknownLabel() {
    assertThatThrownBy(() -> Layout.parse("identity-folder"))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "There is no layout identity-folder (there are identity-folders, flat, tar, table);"
                + " did you mean identity-folders?");
  }
}
