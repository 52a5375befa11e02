package facelake.step.source;

import static facelake.step.source.SourceTesting.byUri;
import static facelake.step.source.SourceTesting.images;
import static facelake.step.source.SourceTesting.read;
import static facelake.step.source.SourceTesting.readAll;
import static facelake.step.source.SourceTesting.spark;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facelake.UserError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableSourceTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"parquet", "delta"})
  void findsRowsAndReadsTheirContents(String format) {
    write(rows(100), format, "my [1] table");
    ImageSource source = ImageSource.open(spark(), List.of(folder + "/my [1] table"));

    assertThat(source.layout()).isEqualTo(Layout.TABLE);
    Map<String, String> contents = readAll(source);
    assertThat(contents).hasSize(100).containsEntry("photo/7", "content 7");
    SourceImage image = byUri(source).get("photo/7");
    assertThat(image.bytes()).isEqualTo(9);
    assertThat(image.identity()).isEqualTo("person 1");
    assertThat(image.version())
        .isEqualTo(spark().sql("SELECT sha2('content 7', 256)").head().getString(0));
    assertThat(image.container()).isEqualTo("file://" + folder + "/my%20%5B1%5D%20table");
  }

  @Test
  void readsChunksFromTheirOwnPartitionsAlone() throws Exception {
    write(rows(60), "parquet", "t");
    ImageSource source = ImageSource.open(spark(), List.of(folder + "/t"));
    List<String> all = new ArrayList<>();
    try (Listing listing = source.list();
        Chunks chunks = Chunks.of(listing.images(), 20)) {
      Map<Long, Long> rowsOf =
          images(listing).stream()
              .collect(Collectors.groupingBy(SourceImage::offset, Collectors.counting()));
      assertThat(rowsOf).hasSizeGreaterThan(1);
      while (chunks.hasNext()) {
        List<SourceImage> chunk = chunks.next();
        long ownRows =
            chunk.stream().map(SourceImage::offset).distinct().mapToLong(rowsOf::get).sum();
        RecordsRead records = RecordsRead.whileRunning(() -> all.addAll(contents(source, chunk)));
        assertThat(records.sum()).isEqualTo(ownRows);
      }
    }
    assertThat(all).hasSize(60).doesNotHaveDuplicates().allMatch(c -> c.startsWith("content "));
  }

  private static List<String> contents(ImageSource source, List<SourceImage> chunk) {
    Map<String, String> contents = read(source, chunk, 4);
    assertThat(contents.keySet())
        .containsExactlyInAnyOrderElementsOf(chunk.stream().map(SourceImage::uri).toList());
    return List.copyOf(contents.values());
  }

  @Test
  void readsGlobsOfFilesAsOneTable() {
    write(rows(40), "parquet", "t");
    assertThat(readAll(ImageSource.open(spark(), List.of(folder + "/t/part-*.parquet"))))
        .hasSize(40)
        .containsEntry("photo/7", "content 7");
  }

  @Test
  void keepsOneOfRepeatedRowsByItsHash() {
    Dataset<Row> twice =
        rows(3).union(rows(3).withColumn("content", expr("CAST('other' AS binary)")));
    write(twice, "parquet", "t");
    ImageSource source = ImageSource.open(spark(), List.of(folder + "/t"));

    Map<String, SourceImage> images = byUri(source);
    Map<String, String> contents = readAll(source);
    String other = spark().sql("SELECT sha2('other', 256)").head().getString(0);
    for (int i = 0; i < 3; i++) {
      String own = spark().sql("SELECT sha2('content " + i + "', 256)").head().getString(0);
      boolean ownWins = own.compareTo(other) < 0;
      assertThat(images.get("photo/" + i).version()).isEqualTo(ownWins ? own : other);
      assertThat(contents.get("photo/" + i)).isEqualTo(ownWins ? "content " + i : "other");
    }
    try (Listing listing = source.list()) {
      assertThat(listing.skipped()).containsExactlyEntriesOf(Map.of("repeated", 3L));
    }
  }

  @Test
  void readsEmptyAndMissingContents() {
    Dataset<Row> rows =
        rows(3).withColumn("content", expr("CASE id WHEN 0 THEN x'' WHEN 1 THEN content END"));
    write(rows, "parquet", "t");
    assertThat(readAll(ImageSource.open(spark(), List.of(folder + "/t"))))
        .containsOnly(
            Map.entry("photo/0", ""),
            Map.entry("photo/1", "content 1"),
            Map.entry("photo/2", "unreadable: its content is null"));
  }

  @Test
  void needsNoIdentity() {
    write(rows(3).drop("identity"), "parquet", "t");
    assertThat(byUri(ImageSource.open(spark(), List.of(folder + "/t"))).values())
        .hasSize(3)
        .allMatch(image -> image.identity() == null);
  }

  @Test
  void rejectsRowsWithoutAUri() {
    write(rows(3).withColumn("uri", expr("nullif(uri, 'photo/1')")), "parquet", "t");
    assertThatThrownBy(() -> ImageSource.open(spark(), List.of(folder + "/t")).list())
        .isInstanceOf(UserError.class)
        .hasMessage(
            "Table file://%s/t has a row whose uri is null; give every row a uri of its own"
                .formatted(folder));
  }

  @Test
  void rejectsTablesWithOtherColumns() {
    write(rows(3).withColumnRenamed("content", "bytes"), "delta", "t");
    assertThatThrownBy(() -> ImageSource.open(spark(), List.of(folder + "/t")))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "Table file://%s/t has no column content of type binary, only".formatted(folder)
                + " struct<id:bigint,uri:string,bytes:binary,identity:string>;"
                + " images in tables need uri string and content binary");
  }

  @Test
  void rejectsWhatIsNoTable() throws java.io.IOException {
    SourceTesting.write(folder, "t/a.parquet", "text");
    assertThatThrownBy(() -> ImageSource.open(spark(), List.of(folder + "/t")))
        .isInstanceOf(UserError.class)
        .hasMessageMatching(
            "file://.*/t cannot be read as a table: .*not a Parquet file.*;"
                + " give a Delta folder, or Parquet files or their folder");
  }

  private static Dataset<Row> rows(int count) {
    return spark()
        .range(0, count, 1, 3)
        .select(
            functions.col("id"),
            expr("concat('photo/', id) AS uri"),
            expr("CAST(concat('content ', id) AS binary) AS content"),
            expr("concat('person ', id % 2) AS identity"));
  }

  private void write(Dataset<Row> rows, String format, String name) {
    rows.write().format(format).save(folder + "/" + name);
  }
}
