package facelake.model;

import static java.nio.charset.StandardCharsets.US_ASCII;

import facelake.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The folder of fetched models; hands out a model only when its file is the right one.
 *
 * <p>Models that facelake carries itself are always there, and need no file. A model whose sha256
 * the manifest does not know is taken as it is the first time. Its hash is then recorded beside it,
 * in {@code FILE.sha256} (a list that {@code sha256sum -c} reads), and checked from then on.
 */
public final class ModelStore {
  /** No model that dlib reads here comes near it. */
  static final long MOST_BYTES = 1L << 30;

  private final Manifest manifest;
  private final Path folder;

  /** The models of this manifest in this folder, which need not exist yet. */
  public ModelStore(Manifest manifest, Path folder) {
    this.manifest = manifest;
    this.folder = folder;
  }

  /** The bundled manifest's models in the user's cache. */
  public static ModelStore fromEnvironment() {
    return new ModelStore(Manifest.bundled(), ModelPlaces.fromEnvironment().models());
  }

  /** The models that the store knows. */
  public Manifest manifest() {
    return manifest;
  }

  /** The folder that holds the files. */
  public Path folder() {
    return folder;
  }

  /** Where the file of a model that is fetched is, or will be. */
  Path file(ModelSpec spec) {
    return folder.resolve(spec.file());
  }

  /** Where the model is, or will be, for the user. */
  public String place(ModelSpec spec) {
    return spec.isBundled() ? "part of facelake" : file(spec).toString();
  }

  /**
   * The model, its length and sha256 checked.
   *
   * @throws UserError when the name is unknown, or the file is missing, truncated or another one;
   *     the message says how to mend it
   */
  public VerifiedModel read(String name) {
    ModelSpec spec = manifest.spec(name);
    if (spec.isBundled()) {
      byte[] bytes = bundled(spec);
      String sha256 = Hashes.sha256(bytes);
      if (!sha256.equals(spec.sha256())) {
        throw new IllegalStateException(
            "the bundled %s has sha256 %s, and the manifest says %s"
                .formatted(spec.file(), sha256, spec.sha256()));
      }
      return new VerifiedModel(spec, sha256, bytes);
    }
    try {
      requireModestLength(spec);
      byte[] bytes = Files.readAllBytes(file(spec));
      String sha256 = Hashes.sha256(bytes);
      fault(spec, bytes.length, sha256)
          .ifPresent(
              fault -> {
                throw new UserError(broken(spec, fault));
              });
      recordFirst(spec, sha256);
      return new VerifiedModel(spec, sha256, bytes);
    } catch (NoSuchFileException e) {
      throw new UserError(e, missing(spec));
    } catch (IOException e) {
      throw new UserError(e, unreadable(spec, e));
    }
  }

  /** So that no memory is taken for a file that is too long to be the model. */
  private void requireModestLength(ModelSpec spec) throws IOException {
    long most = mostBytes(spec);
    long length = Files.size(file(spec));
    if (length > most) {
      throw new UserError(
          broken(spec, String.format("has %d bytes, more than the %d it may have", length, most)));
    }
  }

  /** How long the file of a model can be. */
  static long mostBytes(ModelSpec spec) {
    return spec.bytes() == null ? MOST_BYTES : spec.bytes();
  }

  private static byte[] bundled(ModelSpec spec) {
    try (InputStream file = ModelStore.class.getResourceAsStream(Manifest.FOLDER + spec.file())) {
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("The bundled " + spec.file() + " cannot be read", e);
    }
  }

  /** What the store holds of a model; reads the whole file, changes nothing. */
  public ModelState state(ModelSpec spec) {
    if (spec.isBundled()) {
      return ModelState.ready(spec);
    }
    Path file = file(spec);
    if (!Files.exists(file)) {
      return new ModelState(spec, ModelState.Status.MISSING, missing(spec));
    }
    try {
      return fault(spec, Files.size(file), Hashes.sha256(file))
          .map(fault -> new ModelState(spec, ModelState.Status.BROKEN, broken(spec, fault)))
          .orElseGet(() -> ModelState.ready(spec));
    } catch (IOException e) {
      return new ModelState(spec, ModelState.Status.BROKEN, unreadable(spec, e));
    }
  }

  /**
   * Records the present file of a model without a published hash as the right one.
   *
   * @throws UserError when the manifest knows the model's hash, or there is no file
   */
  public void accept(String name) {
    ModelSpec spec = manifest.spec(name);
    if (spec.sha256() != null) {
      throw new UserError(
          "The file of %s cannot be chosen: the manifest names its sha256, %s",
          name, spec.sha256());
    }
    try {
      remember(spec, Hashes.sha256(file(spec)));
    } catch (NoSuchFileException e) {
      throw new UserError(e, missing(spec));
    } catch (IOException e) {
      throw new UserError(e, unreadable(spec, e));
    }
  }

  /** The hash that the model's file must have: the manifest's, or the one recorded at first use. */
  Optional<String> expectedSha256(ModelSpec spec) throws IOException {
    return spec.sha256() != null ? Optional.of(spec.sha256()) : recorded(spec);
  }

  /** What is wrong with a file of that length and hash, as the end of a sentence; or nothing. */
  Optional<String> fault(ModelSpec spec, long length, String sha256) throws IOException {
    if (spec.bytes() != null && length < spec.bytes()) {
      return Optional.of(
          String.format("is truncated: %d of its %d bytes are there", length, spec.bytes()));
    }
    if (spec.sha256() != null && !spec.sha256().equals(sha256)) {
      return Optional.of(
          String.format(
              "has %d bytes and sha256 %s, the manifest says %s", length, sha256, spec.sha256()));
    }
    return expectedSha256(spec)
        .filter(expected -> !expected.equals(sha256))
        .map(
            expected ->
                String.format(
                    "has sha256 %s, but %s was recorded at its first use", sha256, expected));
  }

  /** Records the hash where none is known yet. */
  void recordFirst(ModelSpec spec, String sha256) throws IOException {
    if (expectedSha256(spec).isEmpty()) {
      remember(spec, sha256);
    }
  }

  private void remember(ModelSpec spec, String sha256) {
    try (TemporaryFile temporary = TemporaryFile.in(folder)) {
      Files.writeString(temporary.path(), sha256 + "  " + spec.file() + "\n", US_ASCII);
      temporary.moveTo(recordFile(spec));
    } catch (IOException e) {
      throw new UserError(
          e,
          "The sha256 of model %s, %s, cannot be recorded in %s (%s); make the folder writable",
          spec.name(),
          sha256,
          folder,
          e);
    }
  }

  private Optional<String> recorded(ModelSpec spec) throws IOException {
    try {
      return Optional.of(Files.readString(recordFile(spec), US_ASCII).split(" ", 2)[0]);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private Path recordFile(ModelSpec spec) {
    return folder.resolve(spec.file() + ".sha256");
  }

  private String missing(ModelSpec spec) {
    return String.format(
        "Model %s is missing: there is no %s; get it with: %s",
        spec.name(), file(spec), spec.fetchCommand());
  }

  private String broken(ModelSpec spec, String fault) {
    String remedy =
        spec.sha256() == null
            ? "if this file is meant, accept it with: jobs/facelake models verify --accept "
                + spec.name()
            : "get it again with: " + spec.fetchCommand();
    return String.format("Model %s %s (%s); %s", spec.name(), fault, file(spec), remedy);
  }

  private String unreadable(ModelSpec spec, IOException e) {
    return String.format(
        "Model %s cannot be read (%s: %s); make the file readable, or get it again with: %s",
        spec.name(), file(spec), e, spec.fetchCommand());
  }
}
