/**
 * facelake turns photo collections into Delta tables of faces.
 *
 * <p>Data flows one way: {@code image -> dlib -> pipeline -> table -> match}; the packages import
 * only what stands before them. {@code spark} gives sessions and broadcast, {@code step} and {@code
 * job} compose, {@code cli} parses and prints.
 */
package facelake;
