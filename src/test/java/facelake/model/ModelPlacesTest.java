package facelake.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ModelPlacesTest {

  @Test
  void theCacheIsUnderTheHomeFolderByDefault() {
    ModelPlaces places = places(Map.of("XDG_CACHE_HOME", ""));
    assertThat(places.models()).isEqualTo(Path.of("/home/ann/.cache/facelake/models"));
    assertThat(places.offered()).isEmpty();
  }

  @Test
  void theCacheFollowsTheDesktopConvention() {
    assertThat(places(Map.of("XDG_CACHE_HOME", "/big")).cache())
        .isEqualTo(Path.of("/big/facelake"));
  }

  @Test
  void theCacheAndModelFoldersCanBeNamed() {
    ModelPlaces places =
        places(
            Map.of("FACELAKE_CACHE", "/c", "XDG_CACHE_HOME", "/big", "FACELAKE_MODELS", "/a:/b:"));
    assertThat(places.models()).isEqualTo(Path.of("/c/models"));
    assertThat(places.offered()).containsExactly(Path.of("/a"), Path.of("/b"));
  }

  private static ModelPlaces places(Map<String, String> environment) {
    return ModelPlaces.from(environment, Path.of("/home/ann"), Optional.empty());
  }
}
