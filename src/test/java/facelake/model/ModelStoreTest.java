package facelake.model;

import static facelake.model.ModelFixtures.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facelake.UserError;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelStoreTest {
  @TempDir Path folder;

  private final ModelSpec known =
      ModelFixtures.known("known", "the right bytes", ModelFixtures.debian("known.dat"));
  private final ModelSpec unknown = ModelFixtures.unknown("unknown");
  private ModelStore store;

  @BeforeEach
  void openStore() {
    store = new ModelStore(new Manifest(List.of(known, unknown)), folder);
  }

  @Test
  void readsTheRightFile() throws IOException {
    put(known, "the right bytes");
    VerifiedModel model = store.read("known");
    assertThat(model.spec()).isEqualTo(known);
    assertThat(model.sha256()).isEqualTo(known.sha256());
    assertThat(model.bytes()).isEqualTo(bytes("the right bytes"));
    assertThat(store.state(known).status()).isEqualTo(ModelState.Status.READY);
  }

  @Test
  void rejectsAMissingFile() {
    assertRejected(
        "known",
        "Model known is missing: there is no " + folder + "/known.dat",
        "get it with: jobs/facelake models fetch known");
    assertThat(store.state(known).status()).isEqualTo(ModelState.Status.MISSING);
  }

  @Test
  void asksForTheFolderOfAModelThatNobodyPublishes() {
    assertRejected("unknown", "jobs/facelake models fetch unknown --from DIR");
  }

  @Test
  void rejectsATruncatedFile() throws IOException {
    put(known, "the right");
    assertRejected(
        "known",
        "Model known is truncated: 9 of its 15 bytes are there",
        "get it again with: jobs/facelake models fetch known");
    assertThat(store.state(known).status()).isEqualTo(ModelState.Status.BROKEN);
  }

  @Test
  void rejectsAWrongFile() throws IOException {
    put(known, "the wrong bytes");
    assertRejected(
        "known",
        "Model known has 15 bytes and sha256 " + Hashes.sha256(bytes("the wrong bytes")),
        "the manifest says " + known.sha256(),
        "get it again with: jobs/facelake models fetch known");
  }

  /** A file with a hole, which takes no disk. */
  @Test
  void takesNoMemoryForAFileThatIsTooLong() throws IOException {
    for (ModelSpec spec : List.of(known, unknown)) {
      try (RandomAccessFile file = new RandomAccessFile(store.file(spec).toFile(), "rw")) {
        file.setLength(1L << 40);
      }
    }
    assertRejected(
        "known",
        "Model known has 1099511627776 bytes, more than the 15 it may have",
        "get it again with: jobs/facelake models fetch known");
    assertRejected("unknown", "more than the 1073741824 it may have");
  }

  @Test
  void rejectsAnUnknownName() {
    assertRejected("knwn", "did you mean known?");
  }

  @Test
  void recordsAnUnknownHashAtFirstUseAndChecksItFromThenOn() throws IOException {
    put(unknown, "first");
    String first = Hashes.sha256(bytes("first"));
    assertThat(store.read("unknown").sha256()).isEqualTo(first);
    assertThat(folder.resolve("unknown.dat.sha256")).hasContent(first + "  unknown.dat\n");

    put(unknown, "second");
    assertRejected(
        "unknown",
        "Model unknown has sha256 " + Hashes.sha256(bytes("second")),
        "but " + first + " was recorded at its first use",
        "accept it with: jobs/facelake models verify --accept unknown");

    store.accept("unknown");
    assertThat(store.read("unknown").bytes()).isEqualTo(bytes("second"));
  }

  @Test
  void lookingAtTheStateRecordsNothing() throws IOException {
    put(unknown, "first");
    assertThat(store.state(unknown).status()).isEqualTo(ModelState.Status.READY);
    assertThat(folder).isDirectoryNotContaining("glob:**.sha256");
  }

  @Test
  void refusesToAcceptAnotherFileThanTheManifests() {
    assertThatThrownBy(() -> store.accept("known"))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "The file of known cannot be chosen: the manifest names its sha256, " + known.sha256());
    assertThatThrownBy(() -> store.accept("unknown"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("Model unknown is missing");
  }

  private void put(ModelSpec spec, String content) throws IOException {
    Files.write(store.file(spec), bytes(content));
  }

  private void assertRejected(String name, String... words) {
    assertThatThrownBy(() -> store.read(name))
        .isInstanceOf(UserError.class)
        .message()
        .contains(words);
  }
}
