/**
 * What operators learn of calls: access logs, and no secrets.
 *
 * <p>In: the format of a line; later calls that are over. Out: lines, to a sink. May import: {@code http}, {@code expression}.
 * Must not know: how a call is served.
 */
package dev.gatehouse.dataplane.observe;
