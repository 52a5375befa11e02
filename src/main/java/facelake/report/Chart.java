package facelake.report;

import java.awt.Dimension;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGraphics2D;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.w3c.dom.DOMImplementation;

/** A drawing. */
public final class Chart {
  private static final String SVG = "http://www.w3.org/2000/svg";

  private final XYChart drawing;

  Chart(XYChart drawing) {
    this.drawing = drawing;
  }

  /** Writes it as PNG. */
  public void writePng(OutputStream out) throws IOException {
    BitmapEncoder.saveBitmap(drawing, out, BitmapFormat.PNG);
  }

  /** Writes it as SVG. */
  public void writeSvg(OutputStream out) throws IOException {
    SVGGraphics2D graphics = new SVGGraphics2D(dom().createDocument(SVG, "svg", null));
    graphics.setSVGCanvasSize(new Dimension(drawing.getWidth(), drawing.getHeight()));
    drawing.paint(graphics, drawing.getWidth(), drawing.getHeight());
    OutputStreamWriter writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    graphics.stream(writer, true);
    writer.flush();
  }

  private static DOMImplementation dom() {
    try {
      return DocumentBuilderFactory.newInstance().newDocumentBuilder().getDOMImplementation();
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("this JVM has no XML", e);
    }
  }
}
