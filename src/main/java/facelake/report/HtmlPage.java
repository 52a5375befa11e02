package facelake.report;

import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** A page for a browser, without scripts; all text that is given is escaped. */
final class HtmlPage {
  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>%1$s</title>
      <style>
      :root { color-scheme: light dark; }
      body { font: 16px/1.5 system-ui, sans-serif; max-width: 75rem; margin: 2rem auto; padding: 0 1rem; }
      table { border-collapse: collapse; margin: 1rem 0; }
      th, td { padding: .25rem .75rem; border-bottom: 1px solid #8886; text-align: right; }
      th:first-child, td:first-child { text-align: left; }
      img { max-width: 100%%; height: auto; background: white; margin: .5rem 0; }
      .wide { overflow-x: auto; }
      .sheet { display: flex; flex-wrap: wrap; gap: .5rem; }
      .sheet figure { width: 7rem; margin: 0; }
      .sheet img { width: 7rem; height: 7rem; object-fit: cover; margin: 0; background: #8883;
        border: 3px solid #8886; box-sizing: border-box; border-radius: .4rem; }
      .sheet .other img { border-color: #d55e00; }
      .sheet .other figcaption { color: #d55e00; font-weight: bold; }
      .sheet figcaption { font-size: .75rem; line-height: 1.3; overflow-wrap: anywhere; }
      </style>
      </head>
      <body>
      <h1>%1$s</h1>
      """;

  private final Writer out;

  /** Begins a page. */
  HtmlPage(Writer out, String title) throws IOException {
    this.out = out;
    out.write(HEAD.formatted(escaped(title)));
  }

  void heading(String text) throws IOException {
    out.write("<h2>" + escaped(text) + "</h2>\n");
  }

  void paragraph(String text) throws IOException {
    out.write("<p>" + escaped(text) + "</p>\n");
  }

  /** A paragraph that begins with a link to a file beside the page. */
  void link(String file, String rest) throws IOException {
    out.write("<p><a href=\"%1$s\">%1$s</a> %2$s</p>%n".formatted(escaped(file), escaped(rest)));
  }

  void table(List<String> header, List<List<String>> rows) throws IOException {
    out.write("<div class=\"wide\"><table>\n<tr>");
    for (String cell : header) {
      out.write("<th>" + escaped(cell) + "</th>");
    }
    out.write("</tr>\n");
    for (List<String> row : rows) {
      out.write("<tr>");
      for (String cell : row) {
        out.write("<td>" + escaped(cell) + "</td>");
      }
      out.write("</tr>\n");
    }
    out.write("</table></div>\n");
  }

  void picture(String file) throws IOException {
    out.write("<p><img src=\"%1$s\" alt=\"%1$s\"></p>%n".formatted(escaped(file)));
  }

  /** Faces beside each other, those of another person than most marked. */
  void sheet(List<ContactSheets.Face> faces) throws IOException {
    out.write("<div class=\"sheet\">\n");
    for (ContactSheets.Face face : faces) {
      out.write(
          "<figure%s><img src=\"%s\" alt=\"\" loading=\"lazy\"><figcaption>%s</figcaption></figure>%n"
              .formatted(
                  face.other() ? " class=\"other\"" : "",
                  escaped(face.picture()),
                  escaped(face.name())));
    }
    out.write("</div>\n");
  }

  /** Ends the page. */
  void end() throws IOException {
    out.write("</body>\n</html>\n");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
