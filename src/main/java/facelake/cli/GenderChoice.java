package facelake.cli;

import facelake.model.ModelKind;
import facelake.model.VerifiedModel;
import facelake.pipeline.GenderModel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;

/**
 * What {@code --gender} says: a model that facelake knows, or a file of {@code train gender}.
 *
 * @param model the classifier
 * @param file the user's file, where it is one
 */
record GenderChoice(GenderModel model, Optional<Path> file) {
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
    return file.map(Path::toString).orElse(model.toString());
  }

  /**
   * The user's classifier, where it is one.
   *
   * @throws facelake.UserError if the file cannot be read
   */
  Optional<VerifiedModel> own() {
    return file.map(path -> VerifiedModel.own(model.toString(), ModelKind.GENDER, path));
  }

  /** Reads the option's value. */
  static final class Converter implements ITypeConverter<GenderChoice> {
    @Override
    public GenderChoice convert(String typed) {
      if (typed.endsWith(FILE)) {
        return new GenderChoice(GenderModel.OWN_LINEAR, Optional.of(Path.of(typed)));
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
