package facelake.net;

import facelake.dlib.Detection;
import facelake.dlib.FaceDetector;
import facelake.dlib.MmodDetector;
import facelake.dlib.MmodScan;
import facelake.dlib.NativeException;
import facelake.dlib.NetworkLayers;
import facelake.dlib.Picture;
import facelake.net.ProgramBuilder.Batch;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.data_type;

/**
 * dlib's CNN face detector with its convolutions on oneDNN; pyramid, box mapping and non-max
 * suppression are dlib's own. Used and closed by one thread, to which oneDNN ties what it compiles;
 * copies share the weights and must be closed before the detector that they come from.
 *
 * <p>The first three convolutions are not padded and make eight rows one: they run over strips of
 * the tiled pyramid, so that only their small result is ever there whole. The others run over a
 * canvas, which is a little larger than that result, so that photos of many sizes share few
 * compiled programs; what lies outside is kept at zero, as dlib's padding is, so that it neither
 * makes nor moves a detection.
 */
public final class OnednnMmodDetector implements FaceDetector {
  /** Rows of one strip's result: few, to need little memory; many, as strips overlap. */
  private static final int STRIP_ROWS = 32;

  /** Canvases have sides of whole steps; of long sides at most an eighth is in vain. */
  private static final int STEPS_A_SIDE = 8;

  private static final int SMALLEST_STEP = 16;

  /** Bytes of compiled programs that are kept beside that of the last photo. */
  private static final long KEPT = 256L << 20;

  private final MmodDetector detector;
  private final Graph head;
  private final Graph tail;
  private final Precision precision;
  private final Weights weights;
  private final boolean owner;
  private final MmodScan scan;

  /** The compiled programs, that of the last photo at the end. */
  private final Map<Canvas, Programs> compiled = new LinkedHashMap<>(16, 0.75f, true);

  private boolean closed;

  private OnednnMmodDetector(
      MmodDetector detector,
      Graph head,
      Graph tail,
      Precision precision,
      Weights weights,
      boolean owner) {
    this.detector = detector;
    this.head = head;
    this.tail = tail;
    this.precision = precision;
    this.weights = weights;
    this.owner = owner;
    this.scan = detector.scan();
  }

  /**
   * Takes over dlib's detector.
   *
   * @throws facelake.UserError where the processor has no instructions for the precision
   */
  public static OnednnMmodDetector of(MmodDetector detector, Precision precision) {
    precision.requireSupport();
    try (NetworkLayers layers = detector.layers()) {
      Shape any = new Shape(Shape.COLOURS, 256, 256);
      Graph graph = Passes.all(GraphReader.readNormalised(layers), any);
      int last = lastUnpadded(graph);
      return new OnednnMmodDetector(
          detector, graph.upTo(last), graph.after(last), precision, new Weights(), true);
    }
  }

  private static int lastUnpadded(Graph graph) {
    int last = 0;
    while (graph.nodes().get(last + 1).layer() instanceof Layer.Convolution convolution
        && !convolution.window().isPadded()) {
      last++;
    }
    return last;
  }

  @Override
  public List<Detection> detect(Picture picture, int upsample, double adjust) {
    requireOpen("detection");
    MmodScan.Tiled tiled = scan.tile(picture, upsample);
    Shape part = last(head, new Shape(Shape.COLOURS, tiled.height(), tiled.width()));
    if (part.height() < 1 || part.width() < 1) {
      return List.of();
    }
    try {
      Programs programs = programs(Canvas.around(part));
      for (int row = 0; row < part.height(); row += STRIP_ROWS) {
        programs.runStrip(row);
      }
      return scan.detect(programs.scores(part), part.width(), part.height(), adjust);
    } catch (NativeException e) {
      throw e;
    } catch (RuntimeException e) {
      closePrograms();
      throw new OnednnException(
          "detection in a picture of %d x %d, doubled %d times,"
              .formatted(picture.width(), picture.height(), upsample),
          e);
    }
  }

  /**
   * The multiplications and additions of a detection, in thousands of millions, without what is
   * computed for the rest of the canvas.
   */
  public double gflop(Picture picture, int upsample) {
    requireOpen("counting");
    MmodScan.Tiled tiled = scan.tile(picture, upsample);
    Shape whole = new Shape(Shape.COLOURS, tiled.height(), tiled.width());
    return head.gflop(whole) + tail.gflop(last(head, whole));
  }

  private static Shape last(Graph graph, Shape input) {
    List<Shape> shapes = graph.shapes(input);
    return shapes.get(shapes.size() - 1);
  }

  /** The size of a canvas for the tail. */
  private record Canvas(int height, int width) {
    static Canvas around(Shape part) {
      // Whole strips, so that the last one may write below the last row.
      return new Canvas(roundedUp(part.height(), STRIP_ROWS), roundedUp(part.width(), 1));
    }

    private static int roundedUp(int side, int least) {
      int step = Math.max(SMALLEST_STEP, Integer.highestOneBit(side) / STEPS_A_SIDE);
      step = Math.max(step, least);
      return (side + step - 1) / step * step;
    }
  }

  /** The programs for a canvas; those that were not used for longest make room for others. */
  private Programs programs(Canvas canvas) {
    Programs wanted = compiled.get(canvas);
    long others = compiled.values().stream().mapToLong(Programs::bytes).sum();
    others -= wanted == null ? 0 : wanted.bytes();
    Iterator<Programs> eldest = compiled.values().iterator();
    while (others > KEPT) {
      Programs old = eldest.next();
      if (old != wanted) {
        others -= old.bytes();
        old.close();
        eldest.remove();
      }
    }
    if (wanted == null) {
      wanted = new Programs(canvas);
      compiled.put(canvas, wanted);
    }
    return wanted;
  }

  private void requireOpen(String what) {
    if (closed) {
      throw new IllegalStateException(what + ": the detector was closed before");
    }
    weights.requireOpen(what);
  }

  private void closePrograms() {
    compiled.values().forEach(Programs::close);
    compiled.clear();
  }

  @Override
  public OnednnMmodDetector copy() {
    requireOpen("a copy");
    return new OnednnMmodDetector(detector, head, tail, precision, weights, false);
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    closePrograms();
    scan.close();
    if (owner) {
      weights.close();
      detector.close();
    }
  }

  /** Head and tail, compiled for one canvas. */
  private final class Programs implements AutoCloseable {
    private final Shape strip;
    private final Program headProgram;
    private final Program tailProgram;
    private final FloatBuffer stripInput;
    private final ByteBuffer stripOutput;
    private final ByteBuffer tailInput;
    private final FloatBuffer tailOutput;
    private final int width;
    private final int rowBytes;
    private final int rowsOfOne;

    Programs(Canvas canvas) {
      data_type between = Onednn.type(precision);
      width = canvas.width();
      strip = stripFor(STRIP_ROWS, width);
      Shape middle = last(head, strip);
      rowBytes = width * middle.channels() * (int) memory.data_type_size(between);
      int height = canvas.height();
      if ((long) height * rowBytes > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "the tiled pyramid is too large; a smaller --upsample or --max-side helps");
      }
      headProgram =
          ProgramBuilder.build(
              head, new Batch(1, strip, false), precision, weights, data_type.f32, between);
      tailProgram = tailOf(new Shape(middle.channels(), height, width), between);
      stripInput = floats(headProgram.input().asByteBuffer());
      stripOutput = headProgram.output().asByteBuffer();
      tailInput = tailProgram.input().asByteBuffer();
      tailOutput = floats(tailProgram.output().asByteBuffer());
      rowsOfOne = stripFor(2, 1).height() - stripFor(1, 1).height();
    }

    private Program tailOf(Shape shape, data_type input) {
      try {
        return ProgramBuilder.build(
            tail, new Batch(1, shape, true), precision, weights, input, data_type.f32);
      } catch (RuntimeException | Error e) {
        headProgram.close();
        throw e;
      }
    }

    /** The input that gives so many rows and columns. */
    private Shape stripFor(int rows, int columns) {
      int high = rows;
      int wide = columns;
      for (int i = head.nodes().size() - 1; i > 0; i--) {
        Window window = ((Layer.Convolution) head.nodes().get(i).layer()).window();
        high = (high - 1) * window.strideY() + window.rows();
        wide = (wide - 1) * window.strideX() + window.columns();
      }
      return new Shape(Shape.COLOURS, high, wide);
    }

    long bytes() {
      return headProgram.bytes() + tailProgram.bytes();
    }

    /** Computes the rows of the tail's input from one row on. */
    void runStrip(int firstRow) {
      scan.rows(firstRow * rowsOfOne, strip.height(), strip.width(), stripInput);
      headProgram.run();
      tailInput.put(firstRow * rowBytes, stripOutput, 0, STRIP_ROWS * rowBytes);
    }

    float[] scores(Shape part) {
      tailProgram.run(part);
      float[] scores = new float[part.height() * part.width()];
      for (int y = 0; y < part.height(); y++) {
        tailOutput.get(y * width, scores, y * part.width(), part.width());
      }
      return scores;
    }

    private static FloatBuffer floats(ByteBuffer bytes) {
      return bytes.order(ByteOrder.nativeOrder()).asFloatBuffer();
    }

    @Override
    public void close() {
      headProgram.close();
      tailProgram.close();
    }
  }
}
