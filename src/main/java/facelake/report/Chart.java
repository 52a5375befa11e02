package facelake.report;

import java.io.IOException;
import java.io.OutputStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;

/** A drawing. */
public final class Chart {
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
    VectorGraphicsEncoder.saveVectorGraphic(drawing, out, VectorGraphicsFormat.SVG);
  }
}
