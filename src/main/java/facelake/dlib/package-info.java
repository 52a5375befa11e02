/**
 * dlib in Java: face detectors, landmarks, chips, networks and Chinese whispers, through a small
 * C++ shim that JavaCPP binds ({@code src/main/cpp}, {@link facelake.dlib.presets}).
 *
 * <p>Arrays and records cross the boundary, never pointers. Models are read from bytes, because
 * they travel by broadcast. Whoever opens an object closes it; closing twice is harmless, use after
 * closing is an {@link java.lang.IllegalStateException}. What C++ throws arrives as {@link
 * facelake.dlib.DlibException}, naming the operation and the model. An object belongs to one thread
 * at a time unless it says otherwise; {@code copy()} gives another thread its own without reading
 * the model again.
 */
package facelake.dlib;
