package facelake.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facelake.UserError;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenderLabelsTest {
  @Test
  void readsPeopleAndGroupsInAnyOrderOfColumns() throws IOException {
    GenderLabels labels =
        read("ancestry,gender,image,person,age\nasian,F,ann/1.jpg,Ann,30\n,male,2.jpg,,\n");

    assertThat(labels.kinds()).containsExactly("ancestry", "age");
    assertThat(labels.byImage())
        .containsEntry("ann/1.jpg", new GenderLabels.Label(false, "Ann", List.of("asian", "30")))
        .containsEntry("2.jpg", new GenderLabels.Label(true, "", List.of("", "")))
        .hasSize(2);
  }

  @Test
  void leavesOutImagesWhoseGenderIsNotKnown() throws IOException {
    assertThat(read("image,gender\na.jpg,\nb.jpg,m\n").byImage()).containsOnlyKeys("b.jpg");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name,gender\\na.jpg,m | labels.csv has no column image",
        "image,sex\\na.jpg,m | labels.csv has no column gender",
        "image,gender\\na.jpg,man | row 2 of labels.csv has 'man' for gender; give male, female",
        "image,gender\\na.jpg,m\\na.jpg,f | row 3 of labels.csv: image a.jpg has a row before",
        "image,gender\\na.jpg,m,x | row 2 of labels.csv has 3 values, and its header has 2",
        "image,gender | labels.csv says of no image whether it shows a man or a woman"
      })
  void saysWhatIsWrong(String file, String message) {
    assertThatThrownBy(() -> read(file.replace("\\n", "\n") + "\n"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(message);
  }

  private static GenderLabels read(String file) throws IOException {
    return GenderLabels.read(new StringReader(file), "labels.csv");
  }
}
