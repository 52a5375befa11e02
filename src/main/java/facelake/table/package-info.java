/**
 * The tables of a lake: what stands in them, and how rows get in and out.
 *
 * <p>A {@link facelake.table.Lake} is a folder; each table is a Delta table in a folder below it
 * and has one class here that owns its columns (names, types, comments), its checks and its writes.
 * {@code create} makes a table where there is none and is for jobs that write; {@code open} is for
 * jobs that only read, and refuses a lake without the table. Code elsewhere names a column by the
 * constants of these classes, never in quotes.
 */
package facelake.table;
