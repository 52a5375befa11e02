/**
 * dlib's networks on oneDNN.
 *
 * <p>A network is read from dlib's own layers ({@link facelake.net.GraphReader}) into a {@link
 * facelake.net.Graph}, made smaller by passes ({@link facelake.net.Passes}), and compiled for one
 * shape into a {@link facelake.net.Program}: oneDNN primitives in a row, over buffers that are
 * shared where lifetimes allow. Weights are brought into oneDNN's layouts once per JVM ({@link
 * facelake.net.Weights}); programs belong to one thread.
 */
package facelake.net;
