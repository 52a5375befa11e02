/** The JavaCPP preset of the C++ shim over dlib; only the build and the bindings need it. */
package facelake.dlib.presets;
