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

class VerificationPairsTest {
  @Test
  void readsFoldsOfLfw() throws IOException {
    String file =
        """
        2\t1
        Abel_Pacheco\t1\t4
        Abdel_Madi_Shabneh\t1\tDean_Barker\t12
        Aldo_Paredes\t1\t2
        Ben_Betts\t1\tDon_Hewitt\t1234
        """;

    assertThat(read(file))
        .containsExactly(
            new VerificationPair(
                "Abel_Pacheco/Abel_Pacheco_0001.jpg",
                "Abel_Pacheco/Abel_Pacheco_0004.jpg",
                true,
                0),
            new VerificationPair(
                "Abdel_Madi_Shabneh/Abdel_Madi_Shabneh_0001.jpg",
                "Dean_Barker/Dean_Barker_0012.jpg",
                false,
                0),
            new VerificationPair(
                "Aldo_Paredes/Aldo_Paredes_0001.jpg",
                "Aldo_Paredes/Aldo_Paredes_0002.jpg",
                true,
                1),
            new VerificationPair(
                "Ben_Betts/Ben_Betts_0001.jpg", "Don_Hewitt/Don_Hewitt_1234.jpg", false, 1));
  }

  /** The list that LFW has for development (view 1). */
  @Test
  void readsOneFoldWithoutItsNumber() throws IOException {
    assertThat(read("1\r\nAnn\t1\t2\r\nAnn\t1\tBen\t1\r\n"))
        .extracting(VerificationPair::fold)
        .containsExactly(0, 0);
  }

  @Test
  void cutsCsvIntoTenFolds() throws IOException {
    StringBuilder file = new StringBuilder("same,left,right\n");
    for (int i = 0; i < 20; i++) {
      file.append(i % 2 == 0 ? "yes" : "0").append(",\"a, b.jpg\",c").append(i).append(".jpg\n");
    }

    List<VerificationPair> pairs = read(file.toString());

    assertThat(pairs).hasSize(20);
    assertThat(pairs.get(0)).isEqualTo(new VerificationPair("a, b.jpg", "c0.jpg", true, 0));
    assertThat(pairs.get(19)).isEqualTo(new VerificationPair("a, b.jpg", "c19.jpg", false, 9));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|p is empty; give LFW's pairs.txt or a CSV left,right,same",
        "1 1\\nAnn 1 2|p ends before line 3: its first line promises more pairs",
        "1 1\\nAnn 1 x\\n|line 2 of p is 'Ann 1 x'; it should be of one person: name number number",
        "1 1\\nAnn 1 2\\nAnn 1 2|line 3 of p is 'Ann 1 2'; it should be of two people: name number name"
            + " number",
        "0 7|p has no pairs",
        "left,right,same\\n|p has no pairs",
        "left,right,same\\na,b,maybe|row 2 of p has 'maybe' for same; give 1 or 0",
        "left,right\\na,b|p has no column same; its first line is to name the columns left,right,same,"
            + " and it is 'left,right'"
      })
  void saysWhatIsWrong(String file, String message) {
    assertThatThrownBy(() -> read(file.replace("\\n", "\n")))
        .isInstanceOf(UserError.class)
        .hasMessage(message);
  }

  private static List<VerificationPair> read(String file) throws IOException {
    return VerificationPairs.read(new StringReader(file), "p");
  }
}
