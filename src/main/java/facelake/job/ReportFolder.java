package facelake.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import facelake.UserError;
import facelake.report.Chart;
import facelake.spark.WholeFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** The folder of a report, on any file system, and what is written into it: whole files. */
final class ReportFolder {
  static final String SVG = ".svg";
  private static final String PNG = ".png";

  private final Path folder;
  private final Configuration hadoop;

  /**
   * A folder, which need not exist yet.
   *
   * @throws UserError when the file system cannot be reached
   */
  ReportFolder(String folder, Configuration hadoop) {
    Path path = new Path(folder);
    try {
      this.folder = path.getFileSystem(hadoop).makeQualified(path);
    } catch (IOException e) {
      throw new UserError(e, "cannot write %s: %s", folder, e.getMessage());
    }
    this.hadoop = hadoop;
  }

  /** Writes bytes. */
  @FunctionalInterface
  interface Content {
    void write(OutputStream out) throws IOException;
  }

  /** Writes text. */
  @FunctionalInterface
  interface Text {
    void write(Writer out) throws IOException;
  }

  /** The folder as an absolute URI. */
  String uri() {
    return folder.toString();
  }

  /** Writes a drawing as PNG and as SVG. */
  void chart(String name, Chart chart) {
    write(name + PNG, chart::writePng);
    write(name + SVG, chart::writeSvg);
  }

  /** Writes values as JSON. */
  void json(String file, Map<String, Object> values) {
    text(
        file,
        out ->
            out.write(
                new ObjectMapper()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .writeValueAsString(values)));
  }

  /** Writes text in UTF-8. */
  void text(String file, Text text) {
    write(
        file,
        out -> {
          Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
          text.write(writer);
          writer.flush();
        });
  }

  /**
   * Writes a file.
   *
   * @throws UserError when it cannot be written
   */
  void write(String file, Content content) {
    Path path = new Path(folder, file);
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      content.write(bytes);
      WholeFile.write(bytes.toByteArray(), path, hadoop);
    } catch (IOException e) {
      throw new UserError(e, "cannot write %s: %s", path, e.getMessage());
    }
  }
}
