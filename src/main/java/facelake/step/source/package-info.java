/**
 * The input images of a job: finds them in folders, tar files and tables, and reads their bytes.
 *
 * <p>{@link facelake.step.source.ImageSource#open} takes what the user gave as {@code --input};
 * {@code list} finds every image without reading it and says what was left out; {@link
 * facelake.step.source.Chunks} cuts the work into lists of bounded size; {@code read} turns one
 * such list into an RDD of bytes, in partitions of equal bytes.
 */
package facelake.step.source;
