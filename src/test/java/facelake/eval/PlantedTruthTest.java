package facelake.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlantedTruthTest {
  private final Map<String, StringWriter> files = new HashMap<>();

  @Test
  void readsWhatItWrote() throws IOException {
    PlantedTruth truth =
        new PlantedTruth(
            List.of(new PlantedTruth.Identity("left", "left-000001", "Ann \"A\", of\r\nEly")),
            List.of(
                new PlantedTruth.Face("left", "file:/a,b.jpg", "f1", "left-000001", "Ann", true),
                new PlantedTruth.Face("left", "file:/a,b.jpg", "f2", "left-000001", null, true)),
            List.of(new PlantedTruth.Copy("left", "file:/a", "right", "file:/b", "halved")));

    truth.write(this::open);

    assertThat(PlantedTruth.read(this::read)).isEqualTo(truth);
    assertThat(files.get("faces.csv").toString())
        .isEqualTo(
            "dataset,uri,face_id,identity,person,wrong_label\r\n"
                + "left,\"file:/a,b.jpg\",f1,left-000001,Ann,true\r\n"
                + "left,\"file:/a,b.jpg\",f2,left-000001,,true\r\n");
  }

  @Test
  void refusesOtherFiles() throws IOException {
    new PlantedTruth(List.of(), List.of(), List.of()).write(this::open);
    open("copies.csv").write("a,b\n1,2\n");

    assertThatThrownBy(() -> PlantedTruth.read(this::read))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("copies.csv starts with [a, b], not [dataset, uri,");
  }

  @Test
  void refusesALineThatIsCut() throws IOException {
    new PlantedTruth(List.of(), List.of(), List.of()).write(this::open);
    files.get("identities.csv").write("left,left-1");

    assertThatThrownBy(() -> PlantedTruth.read(this::read))
        .hasMessage("identities.csv has a line of 2 values: [left, left-1]");
  }

  private StringWriter open(String name) {
    files.put(name, new StringWriter());
    return files.get(name);
  }

  private StringReader read(String name) {
    return new StringReader(files.get(name).toString());
  }
}
