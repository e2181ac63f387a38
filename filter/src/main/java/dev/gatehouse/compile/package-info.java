/**
 * The bridge from what is declared to what runs; the only package that reads both.
 *
 * <p>In: a definition and a stage. Out: a compiled stage, or every problem at once. May import: {@code definition}, {@code
 * http}, {@code snapshot}, {@code authorizer}, {@code integration}, {@code observe}, engines. Must not know: requests.
 */
package dev.gatehouse.compile;
