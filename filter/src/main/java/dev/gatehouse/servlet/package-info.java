/**
 * The servlet shell: adapts, calls, writes back, and decides nothing.
 *
 * <p>In: a container's request. Out: a {@code GatewayRequest} for the gateway, and its answer on the wire. May import: the
 * root package and {@code http}; {@code jakarta.servlet} appears here and in the CDI module only. Must not know: what an API,
 * a stage or an authorizer is.
 */
package dev.gatehouse.servlet;
