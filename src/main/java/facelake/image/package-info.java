/**
 * Bytes to pixels: {@link facelake.image.ImageDecoder} turns a file's bytes into an upright RGB
 * picture or into an {@link facelake.image.ImageFailure} that says why there is none, and {@link
 * facelake.image.PerceptualHash} gives a picture the number by which near copies are found.
 *
 * <p>The samples are those that dlib's {@code load_image} gives wherever dlib reads the format:
 * embedded colour profiles are ignored, gray is replicated, transparency is black. Nothing here
 * knows of Spark, of files or of native code of facelake's own.
 */
package facelake.image;
