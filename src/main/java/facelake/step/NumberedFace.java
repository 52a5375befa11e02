package facelake.step;

import java.io.Serializable;

/**
 * A face with its place in the order of all faces.
 *
 * @param number from 0, as {@link FaceNumbers} orders faces
 * @param photo number of the first face of the same photo
 * @param embedding not copied, so do not change it
 */
record NumberedFace(
    long number, long photo, String dataset, String uri, String faceId, float[] embedding)
    implements Serializable {}
