/**
 * The commands: each parses its options, runs one job and prints the result. {@link
 * facelake.cli.Main} is the program; it alone decides exit codes, and no class of Spark is loaded
 * before a command needs one.
 */
package facelake.cli;
