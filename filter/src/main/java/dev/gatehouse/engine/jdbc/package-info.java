/**
 * What all that is kept in databases has in common: a connection is borrowed for a piece of work, and given back as it came.
 *
 * <p>In: a source of connections, and work. Out: what the work gives. May import: nothing of ours. Must not know: tables, and what is
 * kept in them.
 */
package dev.gatehouse.engine.jdbc;
