/**
 * AWS Signature Version 4: the canonical form of a request, and the signature of one that goes out.
 *
 * <p>In: a request, credentials, a region and a service. Out: the same request, signed. May import: {@code http}. Must not
 * know: where credentials come from, or who receives the request.
 */
package dev.gatehouse.engine.signature;
