/**
 * The one object an embedder holds: wires both planes, sees everything, decides nothing.
 *
 * <p>In: a configuration and where its documents are. Out: a {@link dev.gatehouse.Gatehouse} that answers requests. May
 * import: everything but {@code servlet}. Must not know: servlets.
 */
package dev.gatehouse;
