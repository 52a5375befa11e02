package facelake.cli;

import facelake.model.ModelStore;
import facelake.model.VerifiedModel;
import facelake.pipeline.GenderModel;
import facelake.pipeline.PipelineOptions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The model files of pipelines, checked; before Spark starts, so that a wrong file costs no time.
 */
final class Models {
  private Models() {}

  /** The models of a pipeline. */
  static List<VerifiedModel> of(PipelineOptions pipeline) {
    return of(List.of(pipeline));
  }

  /** The models of some pipelines, each once. */
  static List<VerifiedModel> of(Collection<PipelineOptions> pipelines) {
    return of(pipelines, Optional.empty());
  }

  /**
   * The models of some pipelines, each once.
   *
   * @param own the user's own linear classifier, where a pipeline asks for one
   */
  static List<VerifiedModel> of(
      Collection<PipelineOptions> pipelines, Optional<VerifiedModel> own) {
    ModelStore store = ModelStore.fromEnvironment();
    List<VerifiedModel> models = new ArrayList<>();
    own.ifPresent(models::add);
    pipelines.stream()
        .flatMap(pipeline -> pipeline.models().stream())
        .distinct()
        .filter(name -> own.isEmpty() || !name.equals(own.get().spec().name()))
        .map(store::read)
        .forEach(models::add);
    pipelines.forEach(pipeline -> GenderModel.requireFitting(pipeline, models));
    return models;
  }
}
