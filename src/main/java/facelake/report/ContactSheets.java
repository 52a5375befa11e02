package facelake.report;

import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** Pages that show groups of faces, for a browser, without scripts. */
public final class ContactSheets {
  private ContactSheets() {}

  /**
   * A face in a group.
   *
   * @param picture the file of its picture, beside the page
   * @param name of the person that it is labelled with
   * @param other whether most faces of the group show another person
   */
  public record Face(String picture, String name, boolean other) {}

  /**
   * Faces that were taken for one person.
   *
   * @param title what there is to say of them
   * @param faces some of them
   */
  public record Group(String title, List<Face> faces) {}

  /** Writes the page of one grouping. */
  public static void write(Writer out, String title, String summary, List<Group> groups)
      throws IOException {
    HtmlPage page = new HtmlPage(out, title);
    page.paragraph(summary);
    for (Group group : groups) {
      page.heading(group.title());
      page.sheet(group.faces());
    }
    page.end();
  }

  /**
   * Writes the page that compares groupings.
   *
   * @param sheets the files of the groupings' own pages, and what they show
   */
  public static void writeIndex(
      Writer out,
      String summary,
      List<String> header,
      List<List<String>> rows,
      List<String> notes,
      List<Sheet> sheets)
      throws IOException {
    HtmlPage page = new HtmlPage(out, "Embedders compared");
    page.paragraph(summary);
    page.table(header, rows);
    for (String note : notes) {
      page.paragraph(note);
    }
    page.heading("Contact sheets");
    for (Sheet sheet : sheets) {
      page.link(sheet.file(), sheet.shows());
    }
    page.end();
  }

  /** A page beside the index. */
  public record Sheet(String file, String shows) {}
}
