/**
 * One photo in, its faces out: decode, detect, align, embed, classify, measure. Knows nothing of
 * Spark and can be used and tested on its own.
 *
 * <p>{@link facelake.pipeline.FaceModels} holds the loaded models, once per JVM; it opens a {@link
 * facelake.pipeline.FacePipeline} for each thread, which streams photos and embeds the faces of
 * several photos in one batch. {@link facelake.pipeline.PipelineOptions} says how, {@link
 * facelake.pipeline.Fingerprint} names the result of options and models together, so that rows of
 * two kinds never mix unnoticed.
 */
package facelake.pipeline;
