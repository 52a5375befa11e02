package facelake.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facelake.UserError;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownPeopleTest {
  @Test
  void readsColumnsInAnyOrderWithOthersAndBlankLines() throws IOException {
    KnownPeople people =
        read("\uFEFFperson,identity,why\r\nAnn,Anne,\"a nickname, it says\"\r\n\r\n,Nobody,\n");

    assertThat(people).isEqualTo(new KnownPeople(Map.of("Anne", "Ann"), Set.of("Nobody")));
    assertThat(people.person("Anne")).contains("Ann");
    assertThat(people.person("Ann")).contains("Ann");
    assertThat(people.person("Ben")).contains("Ben");
    assertThat(people.person("Nobody")).isEmpty();
    assertThat(people.identities()).containsExactlyInAnyOrder("Anne", "Nobody");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "identity,who|Anne,Ann; has no column person; its first line is to name the columns"
            + " identity,person, and it is 'identity,who'",
        "identity,person|Anne; row 2 of people.csv has 1 values, and its header has 2",
        "identity,person|Anne,Ann|Anne,Eve; rows 2 and 3 of people.csv are both of the identity"
            + " 'Anne'",
        "identity,person|Anne,Ann|Ann,Eve; row 2 of people.csv says that 'Anne' is 'Ann', and row 3"
            + " that this one is 'Eve'; write 'Eve' in both",
        "identity,person|Anne,Ann|Ann,; row 2 of people.csv says that 'Anne' is 'Ann', whom row 3"
            + " leaves out",
      })
  void refusesWhatMeansNothing(String lines, String message) {
    assertThatThrownBy(() -> read(lines.replace('|', '\n')))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(message);
  }

  @Test
  void refusesAnEmptyFile() {
    assertThatThrownBy(() -> read(""))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("people.csv has no column identity");
  }

  @Test
  void knowsNamesOfLfw() throws IOException {
    try (Reader in =
        new InputStreamReader(
            KnownPeopleTest.class.getResourceAsStream("lfw-people.csv"), StandardCharsets.UTF_8)) {
      KnownPeople people = KnownPeople.read(in, "lfw-people.csv");

      assertThat(people.people()).hasSize(19).containsEntry("Sepp_Blatter", "Joseph_Blatter");
      assertThat(people.leftOut()).hasSize(4);
    }
  }

  @Test
  void ownTruthNamesThePersonOfEachIdentity() throws IOException {
    assertThat(
            PeopleOfIdentities.read(
                new StringReader("dataset,identity,person\na,1,Ann\nb,1,Ben\nb,2,\n"), "who.csv"))
        .containsExactly(
            new PlantedTruth.Identity("a", "1", "Ann"), new PlantedTruth.Identity("b", "1", "Ben"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "dataset,identity,person|a,1,; who.csv names nobody",
        "dataset,identity,person|a,1,Ann|a,1,Ann; rows 2 and 3 of who.csv are both of the identity"
            + " '1' of dataset 'a'",
        "dataset,person|a,Ann; who.csv has no column identity",
      })
  void refusesATruthThatMeansNothing(String lines, String message) {
    assertThatThrownBy(
            () -> PeopleOfIdentities.read(new StringReader(lines.replace('|', '\n')), "who.csv"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(message);
  }

  private static KnownPeople read(String text) throws IOException {
    return KnownPeople.read(new StringReader(text), "people.csv");
  }
}
