package facelake.model;

import facelake.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Fills a {@link ModelStore}: from folders that the user names, from Debian's source package, from
 * dlib.net, in that order. A model appears in the store whole and checked, or not at all; several
 * processes may fetch at once.
 */
public final class ModelFetcher {
  private final ModelStore store;
  private final List<ModelOrigin> origins;
  private final FetchProgress progress;

  ModelFetcher(ModelStore store, List<ModelOrigin> origins, FetchProgress progress) {
    this.store = store;
    this.origins = List.copyOf(origins);
    this.progress = progress;
  }

  /**
   * A fetcher with every origin.
   *
   * @param from folders to look into first, before those that the places offer
   */
  public static ModelFetcher of(
      ModelStore store, ModelPlaces places, List<Path> from, FetchProgress progress) {
    List<ModelOrigin> origins = new ArrayList<>();
    Stream.concat(from.stream(), places.offered().stream())
        .map(FolderOrigin::new)
        .forEach(origins::add);
    origins.add(new DebianOrigin(places.project(), places.cache()));
    origins.add(new DlibNetOrigin());
    return new ModelFetcher(store, origins, progress);
  }

  /**
   * Makes these models present; those that are there and right already are left alone.
   *
   * @throws UserError when a name is unknown, when a file of a user's folder is not the model, or
   *     when no origin has a model: the message then lists every origin with its reason, and how to
   *     get the file by hand. The other models are installed all the same.
   */
  public void fetch(Collection<String> names) {
    List<ModelSpec> wanted = names.stream().distinct().map(store.manifest()::spec).toList();
    prepareFolder();
    List<ModelSpec> pending = wanted.stream().filter(spec -> !isReady(spec)).toList();
    Map<ModelSpec, List<String>> reasons = new LinkedHashMap<>();
    for (ModelOrigin origin : origins) {
      if (pending.isEmpty()) {
        break;
      }
      Map<ModelSpec, String> absent = origin.deliver(pending, new ModelInstaller(store, progress));
      pending = pending.stream().filter(absent::containsKey).toList();
      pending.forEach(
          spec ->
              reasons
                  .computeIfAbsent(spec, s -> new ArrayList<>())
                  .add(origin.label() + ": " + absent.get(spec)));
    }
    if (!pending.isEmpty()) {
      throw new UserError(
          String.join("\n", pending.stream().map(s -> notFound(s, reasons.get(s))).toList()));
    }
  }

  private void prepareFolder() {
    try {
      Files.createDirectories(store.folder());
      TemporaryFile.removeAbandoned(store.folder());
    } catch (IOException e) {
      throw new UserError(
          e,
          "The folder for models, %s, cannot be written (%s); set FACELAKE_CACHE to another one",
          store.folder(),
          e);
    }
  }

  private boolean isReady(ModelSpec spec) {
    ModelState state = store.state(spec);
    switch (state.status()) {
      case READY -> progress.line(spec.name() + ": already there, " + store.place(spec));
      case BROKEN -> progress.line(state.detail());
      case MISSING -> {}
    }
    return state.status() == ModelState.Status.READY;
  }

  private String notFound(ModelSpec spec, List<String> reasons) {
    return String.format(
        "No source has model %s:\n  %s\n"
            + "To get it by hand, download %s, then run: jobs/facelake models fetch %s --from DIR"
            + " (DIR holds the download, a .bz2 as it is), or put the unpacked %s into %s",
        spec.name(),
        String.join("\n  ", reasons),
        spec.download().orElse(spec.file()),
        spec.name(),
        spec.file(),
        store.folder());
  }
}
