package facelake.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facelake.UserError;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DistancePairsTest {
  @Test
  void readsWhatIsWritten() throws IOException {
    StringWriter out = new StringWriter();
    MeasuredPair.write(
        List.of(new MeasuredPair(new VerificationPair("ann/1.jpg", "b.jpg", false, 3), 0.75)),
        "resnet-v1:0123",
        0.6,
        out);

    assertThat(read(out.toString()))
        .containsExactly(
            new DistancePairs.Pair("resnet-v1:0123", "ann/1.jpg", "b.jpg", false, 0.75f));
    assertThat(DistancePairs.person("a/ann/1.jpg")).isEqualTo("a/ann");
    assertThat(DistancePairs.person("b.jpg")).isEqualTo("b.jpg");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "e,a,b,2,0.1 | row 2 of pairs.csv has '2' for same; give 1 or 0",
        "e,a,b,1,far | row 2 of pairs.csv has 'far' for distance; give a number",
        "e,a,b,1,-1 | row 2 of pairs.csv has '-1' for distance; give a number",
        "e,a,b,1,NaN | row 2 of pairs.csv has 'NaN' for distance; give a number",
        "'' | pairs.csv has no pairs"
      })
  void saysWhatIsWrong(String row, String message) {
    assertThatThrownBy(() -> read("embedder,left,right,same,distance\n" + row + "\n"))
        .isInstanceOf(UserError.class)
        .hasMessage(message);
  }

  private static List<DistancePairs.Pair> read(String file) throws IOException {
    return DistancePairs.read(new StringReader(file), "pairs.csv");
  }
}
