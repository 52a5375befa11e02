import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.format_string;
import static org.apache.spark.sql.functions.regexp_extract;

import facelake.image.ImageDecoder;
import facelake.image.ImageFailure;
import facelake.image.JpegEncoder;
import facelake.spark.Sessions;
import facelake.table.ImagesTable;
import facelake.table.Lake;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.stream.IntStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * {@code ManyPhotos photos TAR FOLDER COUNT}: the photos of a tar again and again, each time a little
 * different and under other names, in one tar a round. {@code ManyPhotos files FOLDER COUNT}: files of
 * one byte, all of one time, a thousand in a folder. {@code ManyPhotos rows LAKE COUNT}: rows of such
 * files, like those that the lake has of the first folder.
 */
public final class ManyPhotos {
  private static final int FILES_A_FOLDER = 1000;
  private static final float FIRST_QUALITY = 0.70f;
  private static final float STEP = 0.01f;

  private static final FileTime TIME = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));
  private static final Column URI = col(ImagesTable.URI);
  private static final String NAME = "^(.*/)\\d+/(\\d+)\\.jpg$";

  public static void main(String[] arguments) throws IOException {
    if (arguments[0].equals("photos")) {
      photos(Path.of(arguments[1]), Path.of(arguments[2]), Integer.parseInt(arguments[3]));
    } else if (arguments[0].equals("rows")) {
      rows(Lake.at(arguments[1]), Integer.parseInt(arguments[2]));
    } else {
      files(Path.of(arguments[1]), Integer.parseInt(arguments[2]));
    }
  }

  private static void photos(Path source, Path folder, int count) throws IOException {
    Files.createDirectories(folder);
    int photosARound = copy(source, folder, 0, count);
    int rounds = (count + photosARound - 1) / photosARound;
    IntStream.range(1, rounds)
        .parallel()
        .forEach(
            round -> {
              try {
                copy(source, folder, round, count - round * photosARound);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  /** One round, of so many photos at most; says how many it had. */
  private static int copy(Path source, Path folder, int round, int most) throws IOException {
    ImageDecoder decoder = new ImageDecoder(1_000_000);
    String prefix = "round-%02d-".formatted(round);
    int photos = 0;
    try (TarArchiveInputStream in =
            new TarArchiveInputStream(new BufferedInputStream(Files.newInputStream(source)));
        TarArchiveOutputStream out =
            new TarArchiveOutputStream(
                new BufferedOutputStream(Files.newOutputStream(folder.resolve(prefix + "x.tar"))))) {
      out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (TarArchiveEntry entry = in.getNextEntry();
          entry != null && photos < most;
          entry = in.getNextEntry()) {
        if (entry.isFile() && entry.getName().endsWith(".jpg")) {
          byte[] bytes =
              JpegEncoder.encode(
                  decoder.decode(in.readAllBytes()).image(), FIRST_QUALITY + STEP * round);
          Path name = Path.of(entry.getName());
          TarArchiveEntry copy =
              new TarArchiveEntry(prefix + name.getParent().getFileName() + "/" + name.getFileName());
          copy.setSize(bytes.length);
          out.putArchiveEntry(copy);
          out.write(bytes);
          out.closeArchiveEntry();
          photos++;
        }
      }
    } catch (ImageFailure e) {
      throw new IOException(e);
    }
    return photos;
  }

  private static void files(Path folder, int count) throws IOException {
    byte[] content = {'x'};
    for (int place = 0; place < count; place++) {
      Path in = folder.resolve("%05d".formatted(place / FILES_A_FOLDER));
      if (place % FILES_A_FOLDER == 0) {
        Files.createDirectories(in);
      }
      Path file = Files.write(in.resolve("%07d.jpg".formatted(place)), content);
      Files.setLastModifiedTime(file, TIME);
    }
  }

  private static void rows(Lake lake, int count) throws IOException {
    try (SparkSession spark = Sessions.open("many photos")) {
      ImagesTable images = ImagesTable.open(spark, lake);
      Column place = col("folder").multiply(FILES_A_FOLDER).plus(regexp_extract(URI, NAME, 2).cast("long"));
      Column uri =
          format_string("%s%05d/%07d.jpg", regexp_extract(URI, NAME, 1), col("folder"), place);
      Dataset<Row> first = images.read();
      Dataset<Row> others =
          first
              .crossJoin(spark.range(1, count / FILES_A_FOLDER).toDF("folder"))
              .withColumn(ImagesTable.URI, uri);
      images.upsert(first.select(ImagesTable.DATASET).head().getString(0), others);
    }
  }
}
