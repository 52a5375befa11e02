package facelake.model;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One file on its way from the web; gives up when no byte comes for a while. */
final class Download {
  private static final Duration STALL_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(200);

  private final String url;
  private final Path file;
  private final FetchProgress progress;
  private volatile long length;

  Download(String url, Path file, FetchProgress progress) {
    this.url = url;
    this.file = file;
    this.progress = progress;
  }

  /** Returns when the whole file is there. */
  void run(HttpClient client) throws IOException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).timeout(STALL_TIMEOUT).build();
    CompletableFuture<HttpResponse<Path>> transfer = client.sendAsync(request, this::body);
    try {
      int status = await(transfer).statusCode();
      if (status != 200) {
        throw new IOException("HTTP status " + status);
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted during the download", e);
    } finally {
      transfer.cancel(true);
      progress.finished();
    }
  }

  private HttpResponse.BodySubscriber<Path> body(HttpResponse.ResponseInfo head) {
    length = head.headers().firstValueAsLong("Content-Length").orElse(0);
    return head.statusCode() == 200
        ? BodySubscribers.ofFile(file)
        : BodySubscribers.replacing(file);
  }

  private HttpResponse<Path> await(CompletableFuture<HttpResponse<Path>> transfer)
      throws IOException, ExecutionException, InterruptedException {
    long done = 0;
    long lastGrowth = System.nanoTime();
    while (true) {
      try {
        return transfer.get(POLL.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException running) {
        long size = Files.size(file);
        if (size > ModelStore.MOST_BYTES) {
          throw new IOException("more than %d bytes came".formatted(ModelStore.MOST_BYTES));
        }
        if (size > done) {
          done = size;
          lastGrowth = System.nanoTime();
        } else if (System.nanoTime() - lastGrowth > STALL_TIMEOUT.toNanos()) {
          throw new IOException("no byte came for " + STALL_TIMEOUT.toSeconds() + " s");
        }
        progress.advance(url, done, length);
      }
    }
  }
}
