package facelake.job;

import facelake.TestData;
import facelake.TestSpark;
import facelake.pipeline.Embedder;
import facelake.pipeline.GenderModel;
import facelake.pipeline.PipelineOptions;
import facelake.step.Changes;
import facelake.step.FaultLimits;
import facelake.step.source.Layout;
import facelake.table.Lake;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** An index run in the JVM of the test, in one chunk and with the default options. */
final class EmbeddedIndex {
  private EmbeddedIndex() {}

  static void run(Path photos, Layout layout, String dataset, Lake lake) {
    run(photos, layout, dataset, lake, GenderModel.defaultFor(Embedder.RESNET_V1));
  }

  static void run(Path photos, Layout layout, String dataset, Lake lake, GenderModel gender) {
    PipelineOptions pipeline = PipelineOptions.builder().genderModel(gender).build();
    IndexOptions options =
        new IndexOptions(
            List.of(photos.toString()),
            dataset,
            lake,
            Optional.of(layout),
            pipeline,
            IndexOptions.DEFAULT_CHUNK_IMAGES,
            Changes.Again.NONE,
            IndexOptions.OtherPipeline.REFUSE,
            FaultLimits.DEFAULT);
    new IndexJob(
            TestSpark.session(),
            options,
            pipeline.models().stream().map(TestData::model).toList(),
            IndexWatcher.NONE)
        .execute();
  }
}
