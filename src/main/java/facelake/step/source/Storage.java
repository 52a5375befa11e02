package facelake.step.source;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/** Hadoop's file systems, for the driver and for tasks; local files are read without checksums. */
final class Storage implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Broadcast<SerializableConfiguration> configuration;

  private Storage(Broadcast<SerializableConfiguration> configuration) {
    this.configuration = configuration;
  }

  static Storage of(SparkSession spark) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Configuration hadoop = context.hadoopConfiguration();
    return new Storage(context.broadcast(new SerializableConfiguration(hadoop)));
  }

  FileSystem fileSystem(Path path) throws IOException {
    FileSystem fs = path.getFileSystem(configuration.value().value());
    return fs instanceof LocalFileSystem local ? local.getRaw() : fs;
  }

  FSDataInputStream open(String uri) throws IOException {
    Path path = SourceUri.path(uri);
    return fileSystem(path).open(path);
  }

  /**
   * What stands in a folder, pulled as the iterator goes on; a failure on the way is an {@link
   * UncheckedIOException}.
   */
  Iterator<Entry> entries(Path folder) throws IOException {
    FileSystem fs = fileSystem(folder);
    return fs.getUri().getScheme().equals("file")
        ? LocalFolder.entries(folder)
        : new RemoteEntries(fs.listStatusIterator(folder));
  }

  /** What went wrong in words; the messages of file systems are often the bare path. */
  static String inWords(Exception e) {
    Exception cause = e instanceof UncheckedIOException unchecked ? unchecked.getCause() : e;
    return cause.getClass().getSimpleName() + ": " + cause.getMessage();
  }

  private record RemoteEntries(RemoteIterator<FileStatus> remote) implements Iterator<Entry> {
    @Override
    public boolean hasNext() {
      try {
        return remote.hasNext();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public Entry next() {
      try {
        return Entry.of(remote.next());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
