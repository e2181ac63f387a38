/**
 * Where definitions are kept: a port, the memory of this process as its simplest form, and databases.
 *
 * <p>In: JSON texts under keys. Out: the same texts, as of one moment. May import: {@code definition}, {@code jdbc}. Must not know: what the
 * texts say, and who serves them.
 */
package dev.gatehouse.controlplane.store;
