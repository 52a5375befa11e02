package facelake.cli;

import facelake.UserError;
import facelake.model.ModelKind;
import facelake.model.VerifiedModel;
import facelake.pipeline.GenderModel;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.ITypeConverter;

/**
 * What {@code --gender} says: a model that facelake knows, or a file of {@code train gender}.
 *
 * @param model the classifier
 * @param file the user's file, where it is one
 */
record GenderChoice(GenderModel model, Optional<String> file) {
  /** The values, for help. */
  static final String WORDS =
      "none, gender-linear-v1, gender-v1, taguchi-gender, taguchi-gender-one-crop, or a FILE.json of"
          + " train gender";

  private static final String FILE = ".json";

  /** A model without a file of the user's. */
  static GenderChoice of(GenderModel model) {
    return new GenderChoice(model, Optional.empty());
  }

  /** What is printed for it: the model's name, or the file's. */
  String name() {
    return file.orElse(model.toString());
  }

  /**
   * The user's classifier, where it is one.
   *
   * @throws facelake.UserError if the file cannot be read
   */
  Optional<VerifiedModel> own() {
    return file.map(
        name -> VerifiedModel.own(model.toString(), ModelKind.GENDER, name, bytes(new Path(name))));
  }

  /** On any file system, as train gender writes it. */
  private static byte[] bytes(Path file) {
    try (InputStream in = file.getFileSystem(new Configuration()).open(file)) {
      return in.readAllBytes();
    } catch (FileNotFoundException e) {
      throw new UserError(e, "--gender: there is no file %s", file);
    } catch (IOException e) {
      throw new UserError(e, "--gender: %s cannot be read: %s", file, e.getMessage());
    }
  }

  /** Reads the option's value. */
  static final class Converter implements ITypeConverter<GenderChoice> {
    @Override
    public GenderChoice convert(String typed) {
      if (typed.endsWith(FILE)) {
        return new GenderChoice(GenderModel.OWN_LINEAR, Optional.of(typed));
      }
      return of(
          Choice.of(
              typed,
              Arrays.stream(GenderModel.values())
                  .filter(model -> model != GenderModel.OWN_LINEAR)
                  .collect(Collectors.toMap(GenderModel::toString, model -> model))));
    }
  }
}
