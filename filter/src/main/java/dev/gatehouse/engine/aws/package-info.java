/**
 * Calling AWS services: how a definition names them, where they are, in whose name a call is signed.
 *
 * <p>In: a service's ARN, a request, a role. Out: the request signed and sent, and the service's answer. May import: {@code
 * http}, {@code signature}. Must not know: APIs, mappings, templates, or which service means what by its answer.
 */
package dev.gatehouse.engine.aws;
