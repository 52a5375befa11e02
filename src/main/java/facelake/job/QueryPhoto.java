package facelake.job;

import facelake.UserError;
import facelake.dlib.Box;
import facelake.match.EmbeddingBlock;
import facelake.model.VerifiedModel;
import facelake.pipeline.EncodedImage;
import facelake.pipeline.Face;
import facelake.pipeline.FaceModels;
import facelake.pipeline.FacePipeline;
import facelake.pipeline.PipelineOptions;
import facelake.pipeline.ProcessedImage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * One photo whose faces are asked for, embedded in this JVM.
 *
 * @param name as the user has it
 * @param faces from left to right, at least one
 */
record QueryPhoto(String name, List<Face> faces) {
  private static final Comparator<Face> FROM_LEFT =
      Comparator.<Face>comparingInt(face -> face.box().left())
          .thenComparingInt(face -> face.box().top());

  /**
   * Finds and embeds the faces of a photo.
   *
   * @throws UserError when it cannot be read, is no picture or has no face
   */
  static QueryPhoto read(
      String name, PipelineOptions pipeline, List<VerifiedModel> models, Configuration hadoop) {
    byte[] bytes = bytes(name, hadoop);
    try (FaceModels loaded = FaceModels.load(pipeline, IndexWriter.bytes(models));
        FacePipeline faces = loaded.open()) {
      return of(name, faces.process(List.of(EncodedImage.of(name, bytes)).iterator()).next());
    }
  }

  private static QueryPhoto of(String name, ProcessedImage<String> image) {
    if (image.failure() != null) {
      throw new UserError(
          image.failure(), "--photo %s cannot be used: %s", name, image.failure().getMessage());
    }
    if (image.faces().isEmpty()) {
      throw new UserError(
          "no face was found in --photo %s (%d x %d pixels); --upsample 1 finds smaller ones,"
              + " --detector mmod turned and half-hidden ones too, and --crops takes the picture for a"
              + " face",
          name, image.picture().width(), image.picture().height());
    }
    return new QueryPhoto(name, image.faces().stream().sorted(FROM_LEFT).toList());
  }

  private static byte[] bytes(String name, Configuration hadoop) {
    try {
      Path path = new Path(name);
      try (InputStream in = path.getFileSystem(hadoop).open(path)) {
        return in.readAllBytes();
      }
    } catch (FileNotFoundException e) {
      throw new UserError(e, "--photo %s: there is no such file", name);
    } catch (IOException | IllegalArgumentException e) {
      throw new UserError(e, "--photo %s cannot be read: %s", name, e.getMessage());
    }
  }

  List<Box> boxes() {
    return faces.stream().map(Face::box).toList();
  }

  /**
   * The numbers, from 1, of the faces that are asked for.
   *
   * @param number from 1; empty for all
   * @throws UserError when there is no such face
   */
  int[] chosen(OptionalInt number) {
    if (number.isEmpty()) {
      return IntStream.rangeClosed(1, faces.size()).toArray();
    }
    if (number.getAsInt() < 1 || number.getAsInt() > faces.size()) {
      throw new UserError(
          "--face is %d, and %s has %d; they are numbered from 1, from left to right",
          number.getAsInt(), name, faces.size());
    }
    return new int[] {number.getAsInt()};
  }

  /** The embeddings of the faces with these numbers. */
  EmbeddingBlock embeddings(int... numbers) {
    return EmbeddingBlock.of(
        Arrays.stream(numbers).mapToObj(number -> faces.get(number - 1).embedding()).toList());
  }
}
