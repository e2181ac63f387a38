/**
 * Which resource and method a path means.
 *
 * <p>In: resource paths with a value per method; later a verb and a raw path. Out: the value and the path parameters, or
 * nothing. May import: {@code http}. Must not know: what the values are.
 */
package dev.gatehouse.engine.routing;
