package facelake.model;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The folders that the user's environment names: the one class of this package that reads it.
 *
 * @param cache the per-user cache of downloads: {@code FACELAKE_CACHE}, by default {@code
 *     $XDG_CACHE_HOME/facelake} or {@code ~/.cache/facelake}
 * @param offered folders that may hold model files already: {@code FACELAKE_MODELS}, separated as
 *     in {@code PATH}; none by default
 * @param project the project's checkout: system property {@code facelake.home}, which the launcher
 *     sets
 */
public record ModelPlaces(Path cache, List<Path> offered, Optional<Path> project) {

  /** The places of this process. */
  public static ModelPlaces fromEnvironment() {
    return from(
        System.getenv(),
        Path.of(System.getProperty("user.home")),
        Optional.ofNullable(System.getProperty("facelake.home")).map(Path::of));
  }

  static ModelPlaces from(Map<String, String> environment, Path home, Optional<Path> project) {
    Path caches =
        set(environment, "XDG_CACHE_HOME").map(Path::of).orElseGet(() -> home.resolve(".cache"));
    Path cache =
        set(environment, "FACELAKE_CACHE")
            .map(Path::of)
            .orElseGet(() -> caches.resolve("facelake"));
    List<Path> offered =
        set(environment, "FACELAKE_MODELS")
            .map(folders -> folders.split(File.pathSeparator))
            .map(folders -> Arrays.stream(folders).filter(f -> !f.isEmpty()).map(Path::of).toList())
            .orElseGet(List::of);
    return new ModelPlaces(cache, offered, project);
  }

  /** The folder that holds fetched models. */
  public Path models() {
    return cache.resolve("models");
  }

  private static Optional<String> set(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }
}
