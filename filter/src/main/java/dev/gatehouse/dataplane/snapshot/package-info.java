/**
 * What a deployment became: everything parsed, every name resolved, nothing left to look up but the call itself.
 *
 * <p>In: the engines' compiled parts. Out: immutable data, published by one atomic reference. May import: {@code http} and
 * engines. Must not know: definitions, threads, sockets, counters.
 */
package dev.gatehouse.dataplane.snapshot;
