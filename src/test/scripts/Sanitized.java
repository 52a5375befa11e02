import facelake.image.HostileImages;
import facelake.model.ModelStore;
import facelake.pipeline.Detector;
import facelake.pipeline.EncodedImage;
import facelake.pipeline.Engine;
import facelake.pipeline.FaceModels;
import facelake.pipeline.FacePipeline;
import facelake.pipeline.PipelineOptions;
import facelake.pipeline.ProcessedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * {@code Sanitized COUNT SEED PHOTO...}: finds the faces of photos and of so many damaged pictures, with
 * dlib's code and with facelake's, and those of the first photo with the CNN detector.
 */
public final class Sanitized {
  public static void main(String[] arguments) {
    int count = Integer.parseInt(arguments[0]);
    HostileImages damaged = new HostileImages(Long.parseLong(arguments[1]));
    List<Path> photos = Stream.of(arguments).skip(2).map(Path::of).toList();
    for (Engine engine : Engine.values()) {
      PipelineOptions hog = PipelineOptions.builder().engine(engine).build();
      process(hog, photos.size() + " photos", photos.stream().map(Sanitized::read));
      process(
          PipelineOptions.builder().engine(engine).upsample(1).build(),
          count + " damaged pictures",
          IntStream.range(0, count)
              .mapToObj(damaged::get)
              .map(image -> EncodedImage.of(image.name(), image.bytes())));
    }
    process(
        PipelineOptions.builder().engine(Engine.DLIB).detector(Detector.MMOD).build(),
        "one photo",
        photos.stream().limit(1).map(Sanitized::read));
  }

  private static EncodedImage<String> read(Path photo) {
    try {
      return EncodedImage.of(photo.toString(), Files.readAllBytes(photo));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void process(
      PipelineOptions options, String what, Stream<EncodedImage<String>> images) {
    ModelStore store = ModelStore.fromEnvironment();
    long faces = 0;
    long failed = 0;
    try (FaceModels models =
            FaceModels.load(
                options,
                options.models().stream()
                    .collect(
                        Collectors.toMap(Function.identity(), name -> store.read(name).bytes())));
        FacePipeline pipeline = models.open()) {
      Iterator<ProcessedImage<String>> processed = pipeline.process(images.iterator());
      while (processed.hasNext()) {
        ProcessedImage<String> image = processed.next();
        faces += image.faces().size();
        failed += image.failure() == null ? 0 : 1;
      }
    }
    System.out.printf(
        "%s, engine %s, %s: %d faces, %d failed%n",
        options.detector(), options.engine(), what, faces, failed);
  }
}
