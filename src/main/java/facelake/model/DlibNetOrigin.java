package facelake.model;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** dlib's web site, which publishes the models as {@code .bz2}. */
final class DlibNetOrigin implements ModelOrigin {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT_TIMEOUT)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();

  @Override
  public String label() {
    return "dlib.net";
  }

  @Override
  public Map<ModelSpec, String> deliver(List<ModelSpec> wanted, ModelInstaller installer) {
    Map<ModelSpec, String> absent = new LinkedHashMap<>();
    Optional<String> unreachable = Optional.empty();
    for (ModelSpec spec : wanted) {
      Optional<String> url = spec.at(ModelSource.Kind.DLIB_NET);
      if (url.isEmpty()) {
        absent.put(spec, "does not hold it");
      } else if (unreachable.isPresent()) {
        absent.put(spec, unreachable.get());
      } else {
        try {
          fetch(spec, url.get(), installer);
        } catch (ConnectException | HttpConnectTimeoutException e) {
          // One wait is enough: the others are on the same host.
          unreachable = Optional.of("cannot be reached (" + words(e) + ")");
          absent.put(spec, unreachable.get());
        } catch (UnsoundFileException e) {
          absent.put(spec, e.getMessage());
        } catch (IOException e) {
          absent.put(spec, url.get() + ": " + words(e));
        }
      }
    }
    return absent;
  }

  private void fetch(ModelSpec spec, String url, ModelInstaller installer) throws IOException {
    installer.progress().line("downloading " + url);
    try (TemporaryFile compressed = installer.temporaryFile()) {
      new Download(url, compressed.path(), installer.progress()).run(client);
      installer.installBzip2(spec, compressed.path(), url);
    }
  }

  /** The network's exceptions often have no message. */
  private static String words(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
