package facelake.cli;

import facelake.UserError;
import facelake.model.ConsoleProgress;
import facelake.model.Manifest;
import facelake.model.ModelFetcher;
import facelake.model.ModelPlaces;
import facelake.model.ModelSource;
import facelake.model.ModelSpec;
import facelake.model.ModelState;
import facelake.model.ModelStore;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code facelake models}: which model files there are, and getting them. */
@Command(
    name = "models",
    header = "Get the model files that the other commands use, and check them.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ModelsCommand.ListAll.class,
      ModelsCommand.Fetch.class,
      ModelsCommand.Verify.class,
      ModelsCommand.Describe.class
    },
    footer = {"", "Example: jobs/facelake models fetch", "Then: jobs/facelake models list"})
final class ModelsCommand {
  private final ModelPlaces places;
  private final Supplier<Manifest> manifest;

  /** The models of the bundled manifest, in the places of this process. */
  ModelsCommand() {
    this(Manifest::bundled, ModelPlaces.fromEnvironment());
  }

  /** The manifest is asked for by commands only: its parser is not there when help is printed. */
  ModelsCommand(Supplier<Manifest> manifest, ModelPlaces places) {
    this.manifest = manifest;
    this.places = places;
  }

  private ModelStore store() {
    return new ModelStore(manifest.get(), places.models());
  }

  private List<ModelSpec> specs() {
    return store().manifest().specs();
  }

  private static String word(ModelState state) {
    return state.status().name().toLowerCase(Locale.ROOT);
  }

  /** One row a model. */
  @Command(
      name = "list",
      header = "List every model and whether its file is here.",
      footer = {"", "Example: jobs/facelake models list"})
  static final class ListAll implements Runnable {
    private static final String ROW = "%-18s %-10s %8s  %-8s %s%n";

    @ParentCommand private ModelsCommand models;
    @Spec private CommandSpec command;

    @Override
    public void run() {
      PrintWriter out = command.commandLine().getOut();
      List<ModelState> states = models.specs().stream().map(models.store()::state).toList();
      out.printf(ROW, "NAME", "KIND", "SIZE", "STATE", "LICENCE");
      for (ModelState state : states) {
        ModelSpec spec = state.spec();
        out.printf(ROW, spec.name(), spec.kind().label(), size(spec), word(state), spec.licence());
      }
      states.stream()
          .filter(state -> state.status() == ModelState.Status.BROKEN)
          .forEach(state -> out.println(state.detail()));
      out.println("Files are in " + models.store().folder());
    }

    private static String size(ModelSpec spec) {
      return spec.bytes() == null ? "unknown" : String.format("%.1f MB", spec.bytes() / 1e6);
    }
  }

  /** Fills the store. */
  @Command(
      name = "fetch",
      header =
          "Get models: from folders, from Debian's source package, from dlib's web site. Models"
              + " that are here and right are left alone.",
      footer = {
        "",
        "Example: jobs/facelake models fetch",
        "Example: jobs/facelake models fetch gender-v1 --from ~/Downloads"
      })
  static final class Fetch implements Runnable {
    /** What {@code index} needs when no option says otherwise. */
    private static final List<String> DEFAULTS = List.of("resnet-v1", "landmarks-5");

    @ParentCommand private ModelsCommand models;
    @Spec private CommandSpec command;

    @Parameters(
        paramLabel = "NAME",
        arity = "0..*",
        description = "Models to get; by default those that index needs: resnet-v1 landmarks-5.")
    private List<String> names = List.of();

    @Option(
        names = "--from",
        paramLabel = "DIR",
        description =
            "Look into this folder first, for the file or its .bz2; may be repeated."
                + " FACELAKE_MODELS names such folders too.")
    private List<Path> from = List.of();

    @Option(names = "--all", description = "Get every model that has a public source.")
    private boolean all;

    @Override
    public void run() {
      from.forEach(Fetch::requireFolder);
      PrintWriter out = command.commandLine().getOut();
      ModelFetcher.of(models.store(), models.places, from, ConsoleProgress.of(out)).fetch(wanted());
    }

    private List<String> wanted() {
      if (all) {
        return models.specs().stream().filter(ModelSpec::isFetchable).map(ModelSpec::name).toList();
      }
      return names.isEmpty() ? DEFAULTS : names;
    }

    private static void requireFolder(Path folder) {
      if (!Files.isDirectory(folder)) {
        throw new UserError("--from %s is not a folder; name the one that holds the files", folder);
      }
    }
  }

  /** Checks the store. */
  @Command(
      name = "verify",
      header = "Check length and sha256 of the models that are here.",
      footer = {"", "Example: jobs/facelake models verify resnet-v1"})
  static final class Verify implements Runnable {
    @ParentCommand private ModelsCommand models;
    @Spec private CommandSpec command;

    @Parameters(
        paramLabel = "NAME",
        arity = "0..*",
        description = "Models that must be here; by default whatever is here is checked.")
    private List<String> names = List.of();

    @Option(
        names = "--accept",
        description =
            "Record the present file of a model without a published sha256 as the right one.")
    private boolean accept;

    @Override
    public void run() {
      PrintWriter out = command.commandLine().getOut();
      if (accept) {
        acceptNamed();
      }
      List<ModelState> states = names.isEmpty() ? present() : named();
      states.forEach(state -> out.printf("%-18s %s%n", state.spec().name(), word(state)));
      if (states.isEmpty()) {
        out.println("No model is here yet; get them with: jobs/facelake models fetch");
      }
      String problems =
          states.stream()
              .map(ModelState::detail)
              .filter(detail -> !detail.isEmpty())
              .collect(Collectors.joining("\n"));
      if (!problems.isEmpty()) {
        throw new UserError(problems);
      }
    }

    private void acceptNamed() {
      if (names.isEmpty()) {
        throw new ParameterException(
            command.commandLine(), "--accept needs the names of the models to accept");
      }
      names.forEach(models.store()::accept);
    }

    private List<ModelState> present() {
      return models.specs().stream()
          .map(models.store()::state)
          .filter(state -> state.status() != ModelState.Status.MISSING)
          .toList();
    }

    private List<ModelState> named() {
      return names.stream()
          .map(models.store().manifest()::spec)
          .map(models.store()::state)
          .toList();
    }
  }

  /** Everything about one model. */
  @Command(
      name = "describe",
      header = "Say everything about a model, also what it must not be used for.",
      footer = {"", "Example: jobs/facelake models describe landmarks-68"})
  static final class Describe implements Runnable {
    @ParentCommand private ModelsCommand models;
    @Spec private CommandSpec command;

    @Parameters(paramLabel = "NAME", description = "The model.")
    private String name;

    @Override
    public void run() {
      ModelSpec spec = models.store().manifest().spec(name);
      ModelState state = models.store().state(spec);
      line("name", spec.name());
      line("kind", spec.kind().label());
      line("input", spec.input());
      line("threshold", spec.threshold());
      line("author", spec.author());
      line("licence", spec.licence());
      spec.notFor().forEach(use -> line("not for", use));
      line("note", spec.note());
      line("file", models.store().place(spec));
      line("state", word(state));
      line("problem", state.detail());
      line("bytes", spec.bytes());
      line("sha256", spec.sha256());
      line("bz2 sha256", spec.bz2Sha256());
      line("bz2 git blob", spec.bz2GitBlob());
      spec.sources().forEach(source -> line("source", where(source)));
    }

    private void line(String label, Object value) {
      if (value != null && !value.toString().isEmpty()) {
        command.commandLine().getOut().printf("%-13s %s%n", label, value);
      }
    }

    private static String where(ModelSource source) {
      return switch (source.kind()) {
        case BUNDLED -> "facelake itself, models/" + source.at();
        case DEBIAN -> "Debian's source package dlib, " + source.at();
        case DLIB_NET -> source.at();
        case BY_HAND -> "by hand, " + source.at();
      };
    }
  }
}
