package facelake.model;

import static facelake.model.ModelFixtures.bytes;
import static facelake.model.ModelFixtures.bzip2;
import static facelake.model.ModelFixtures.debian;
import static facelake.model.ModelFixtures.dlibNet;
import static facelake.model.ModelFixtures.known;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import facelake.UserError;
import facelake.model.ModelFixtures.Heard;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFetcherTest {
  @TempDir Path work;

  private final Heard heard = new Heard();
  private final ConcurrentHashMap<String, byte[]> web = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private int missing;
  private HttpServer server;
  private Path folder;
  private Path offered;

  @BeforeEach
  void prepare() throws IOException {
    folder = work.resolve("cache/models");
    offered = Files.createDirectory(work.resolve("offered"));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          requests.add(exchange.getRequestURI().getPath());
          byte[] body = web.get(exchange.getRequestURI().getPath());
          exchange.sendResponseHeaders(
              body == null ? 404 : 200, body == null ? -1 : body.length + missing);
          if (body != null) {
            exchange.getResponseBody().write(body);
          }
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void takesTheFileOfANamedFolder() throws IOException {
    ModelSpec spec = known("a", "model a");
    offer("a.dat", bytes("model a"));
    fetch(spec);
    assertThat(store(spec).read("a").bytes()).isEqualTo(bytes("model a"));
    assertThat(heard.lines).containsExactly("a: ready, from " + offered.resolve("a.dat"));
    assertOnlyInStore("a.dat");
  }

  @Test
  void takesTheCompressedFileOfANamedFolder() throws IOException {
    ModelSpec spec = known("a", "model a");
    offer("a.dat.bz2", bzip2(bytes("model a")));
    fetch(spec);
    assertThat(store(spec).read("a").bytes()).isEqualTo(bytes("model a"));
    assertOnlyInStore("a.dat");
  }

  @Test
  void stopsWhereAFileIsLongerThanTheModel() throws IOException {
    ModelSpec spec = known("a", "model a");
    offer("a.dat.bz2", bzip2(new byte[50_000_000]));
    assertThatThrownBy(() -> fetch(spec))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("has more than the 7 bytes that a may have");
    assertOnlyInStore();
  }

  @Test
  void stopsAtAWrongFileInANamedFolder() throws IOException {
    ModelSpec spec = known("a", "model a", dlibNet(url("/a.dat.bz2")));
    publish("/a.dat.bz2", bzip2(bytes("model a")));
    offer("a.dat", bytes("model b"));
    assertThatThrownBy(() -> fetch(spec))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(offered.resolve("a.dat") + " has 7 bytes and sha256 ")
        .hasMessageEndingWith(
            "the manifest says " + spec.sha256() + "; replace or remove that file");
    assertThat(requests).isEmpty();
    assertOnlyInStore();
  }

  @Test
  void stopsAtATruncatedCompressedFileInANamedFolder() throws IOException {
    byte[] compressed = bzip2(bytes("model a"));
    offer("a.dat.bz2", Arrays.copyOf(compressed, compressed.length - 6));
    assertThatThrownBy(() -> fetch(known("a", "model a")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(offered.resolve("a.dat.bz2") + " cannot be taken: ")
        .hasMessageContaining("damaged or truncated");
    assertOnlyInStore();
  }

  @Test
  void leavesAModelThatIsThereAlone() throws IOException {
    ModelSpec spec = known("a", "model a");
    offer("a.dat", bytes("model a"));
    fetch(spec);
    heard.lines.clear();
    Files.delete(offered.resolve("a.dat"));
    fetch(spec);
    assertThat(heard.lines).containsExactly("a: already there, " + folder.resolve("a.dat"));
  }

  @Test
  void replacesABrokenFile() throws IOException {
    ModelSpec spec = known("a", "model a");
    offer("a.dat", bytes("model a"));
    Files.createDirectories(folder);
    Files.write(folder.resolve("a.dat"), bytes("mod"));
    fetch(spec);
    assertThat(heard.lines.get(0)).startsWith("Model a is truncated: 3 of its 7 bytes are there");
    assertThat(store(spec).read("a").bytes()).isEqualTo(bytes("model a"));
  }

  @Test
  void downloadsFromTheWeb() throws IOException {
    ModelSpec spec = known("a", "model a", dlibNet(url("/a.dat.bz2")));
    publish("/a.dat.bz2", bzip2(bytes("model a")));
    fetch(spec);
    assertThat(store(spec).read("a").bytes()).isEqualTo(bytes("model a"));
    assertThat(heard.lines)
        .containsExactly("downloading " + url("/a.dat.bz2"), "a: ready, from " + url("/a.dat.bz2"));
    assertOnlyInStore("a.dat");
  }

  @Test
  void leavesNothingOfABrokenDownload() throws IOException {
    ModelSpec spec = known("a", "model a", dlibNet(url("/a.dat.bz2")));
    publish("/a.dat.bz2", bzip2(bytes("model a")));
    missing = 10;
    assertThatThrownBy(() -> fetch(spec)).hasMessageContaining("dlib.net: " + url("/a.dat.bz2"));
    assertOnlyInStore();
  }

  @Test
  void checksTheCompressedFileWhereOnlyThatIsKnown() throws IOException {
    byte[] compressed = bzip2(bytes("model a"));
    Path copy = Files.write(work.resolve("copy"), compressed);
    ModelSpec spec =
        ModelFixtures.knownByBlob("a", Hashes.gitBlob(copy), dlibNet(url("/a.dat.bz2")));
    publish("/a.dat.bz2", bzip2(bytes("another model")));
    assertThatThrownBy(() -> fetch(spec)).hasMessageContaining("has git blob id");

    publish("/a.dat.bz2", compressed);
    fetch(spec);
    assertThat(folder.resolve("a.dat.sha256"))
        .hasContent(Hashes.sha256(bytes("model a")) + "  a.dat\n");
  }

  @Test
  void prefersNamedFoldersThenDebianThenTheWeb() throws IOException {
    ModelSpec a = known("a", "model a", debian("a.dat"), dlibNet(url("/a.dat.bz2")));
    ModelSpec b = known("b", "model b", debian("b.dat"), dlibNet(url("/b.dat.bz2")));
    ModelSpec c = known("c", "model c", dlibNet(url("/c.dat.bz2")));
    offer("a.dat", bytes("model a"));
    debianPackage("a.dat", "model a", "b.dat", "model b");
    for (String name : List.of("a", "b", "c")) {
      publish("/" + name + ".dat.bz2", bzip2(bytes("model " + name)));
    }
    fetch(a, b, c);
    assertThat(heard.lines)
        .filteredOn(line -> line.contains("ready"))
        .containsExactly(
            "a: ready, from " + offered.resolve("a.dat"),
            "b: ready, from b.dat of dlib_1.orig-dlib-models.tar.bz2",
            "c: ready, from " + url("/c.dat.bz2"));
    assertThat(requests).containsExactly("/c.dat.bz2");
    assertOnlyInStore("a.dat", "b.dat", "c.dat");
  }

  @Test
  void takesSeveralModelsInOnePassOverDebiansPackage() throws IOException {
    debianPackage("x.dat", "other", "a.dat", "model a", "y.dat", "other", "b.dat", "model b");
    fetch(known("b", "model b", debian("b.dat")), known("a", "model a", debian("a.dat")));
    assertThat(heard.lines).filteredOn(line -> line.startsWith("reading ")).hasSize(1);
    assertThat(heard.furthest).isPositive();
    assertOnlyInStore("a.dat", "b.dat");
  }

  @Test
  void goesOnWhereDebiansFileIsAnother() throws IOException {
    ModelSpec a = known("a", "model a", debian("a.dat"), dlibNet(url("/a.dat.bz2")));
    debianPackage("a.dat", "model A");
    publish("/a.dat.bz2", bzip2(bytes("model a")));
    fetch(a);
    assertThat(store(a).read("a").bytes()).isEqualTo(bytes("model a"));
  }

  @Test
  void saysWhatTheScriptSaidWhenItFails() throws IOException {
    script("echo 'dlib-source: no network' >&2; exit 1");
    assertThatThrownBy(() -> fetch(known("a", "model a", debian("a.dat"))))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("jobs/dlib-source failed: dlib-source: no network");
    assertThat(heard.lines).contains("dlib-source: no network");
  }

  @Test
  void listsEverySourceAndItsReasonWhenNoneHasTheModel() throws IOException {
    ModelSpec present = known("p", "model p");
    offer("p.dat", bytes("model p"));
    ModelSpec spec = known("a", "model a", debian("a.dat"), dlibNet(url("/a.dat.bz2")));
    assertThatThrownBy(() -> fetch(spec, present))
        .isInstanceOf(UserError.class)
        .hasMessage(
            """
            No source has model a:
              folder %s: has neither a.dat nor a.dat.bz2
              Debian's source package dlib: needs the script dlib-source of the project's checkout; \
            start through its jobs/facelake
              dlib.net: %s: HTTP status 404
            To get it by hand, download %s, then run: jobs/facelake models fetch a --from DIR \
            (DIR holds the download, a .bz2 as it is), or put the unpacked a.dat into %s\
            """,
            offered, url("/a.dat.bz2"), url("/a.dat.bz2"), folder);
    assertOnlyInStore("p.dat");
  }

  @Test
  void asksAnUnreachableHostOnce() {
    server.stop(0);
    ModelSpec a = known("a", "model a", dlibNet(url("/a.dat.bz2")));
    ModelSpec b = known("b", "model b", dlibNet(url("/b.dat.bz2")));
    assertThatThrownBy(() -> fetch(a, b))
        .hasMessageContaining("No source has model b")
        .hasMessageContaining("dlib.net: cannot be reached");
    assertThat(heard.lines).containsExactly("downloading " + url("/a.dat.bz2"));
  }

  @Test
  void rejectsUnknownModelBeforeAnyWork() {
    assertThatThrownBy(() -> fetcher(known("a", "model a")).fetch(List.of("b")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("There is no model b");
    assertThat(folder).doesNotExist();
  }

  @Test
  void removesWhatDeadRunsLeftAndNothingElse() throws IOException {
    Files.createDirectories(folder);
    Path dead = Files.write(folder.resolve(".fetch-1.part"), bytes("half"));
    Files.setLastModifiedTime(dead, FileTime.from(Instant.now().minusSeconds(7200)));
    Path live = Files.write(folder.resolve(".fetch-2.part"), bytes("half"));
    offer("a.dat", bytes("model a"));
    fetch(known("a", "model a"));
    assertThat(dead).doesNotExist();
    assertThat(live).exists();
  }

  @Test
  void recordsTheHashOfAModelWithoutOne() throws IOException {
    ModelSpec spec = ModelFixtures.unknown("a");
    offer("a.dat", bytes("first"));
    fetch(spec);
    Files.delete(folder.resolve("a.dat"));
    offer("a.dat", bytes("second"));
    assertThatThrownBy(() -> fetch(spec))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("was recorded at its first use; if this file is meant, copy it to ")
        .hasMessageContaining("jobs/facelake models verify --accept a");
  }

  @Test
  void severalFetchesAtOnceAreSafe() throws IOException {
    ModelSpec spec = known("a", "model a", dlibNet(url("/a.dat.bz2")));
    publish("/a.dat.bz2", bzip2(bytes("model a")));
    IntStream.range(0, 4).parallel().forEach(i -> fetch(spec));
    assertThat(store(spec).read("a").bytes()).isEqualTo(bytes("model a"));
    assertOnlyInStore("a.dat");
  }

  private void fetch(ModelSpec... specs) {
    fetcher(specs).fetch(Stream.of(specs).map(ModelSpec::name).toList());
  }

  private ModelFetcher fetcher(ModelSpec... specs) {
    Path project = work.resolve("project");
    ModelPlaces places =
        new ModelPlaces(
            work.resolve("cache"),
            List.of(offered),
            Files.exists(project) ? Optional.of(project) : Optional.empty());
    return ModelFetcher.of(store(specs), places, List.of(), heard);
  }

  private ModelStore store(ModelSpec... specs) {
    return new ModelStore(new Manifest(List.of(specs)), folder);
  }

  private void offer(String file, byte[] content) throws IOException {
    Files.write(offered.resolve(file), content);
  }

  private void publish(String path, byte[] content) {
    web.put(path, content);
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  /** A project whose script answers with a package of these files and contents. */
  private void debianPackage(String... filesAndContents) throws IOException {
    Path tarball = work.resolve("dlib_1.orig-dlib-models.tar.bz2");
    try (OutputStream out = Files.newOutputStream(tarball);
        TarArchiveOutputStream tar =
            new TarArchiveOutputStream(new BZip2CompressorOutputStream(out))) {
      for (int i = 0; i < filesAndContents.length; i += 2) {
        byte[] content = bytes(filesAndContents[i + 1]);
        TarArchiveEntry entry = new TarArchiveEntry("dlib-models-1/" + filesAndContents[i]);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
      }
    }
    script("echo " + work);
  }

  private void script(String commands) throws IOException {
    Path script = Files.createDirectories(work.resolve("project/jobs")).resolve("dlib-source");
    Files.writeString(script, "#!/bin/sh\n" + commands + "\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
  }

  private void assertOnlyInStore(String... files) throws IOException {
    try (Stream<Path> present = Files.list(folder)) {
      assertThat(present.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(files);
    }
  }
}
