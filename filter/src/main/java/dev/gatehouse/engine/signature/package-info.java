/**
 * AWS Signature Version 4: the canonical form of a request, the signature of one that goes out, the proof of one that comes in.
 *
 * <p>In: a request, and credentials or a {@link dev.gatehouse.engine.signature.KeySource}, a region and a service. Out: the same
 * request, signed; or who signed it, or why nobody did. May import: {@code http}. Must not know: where credentials come from,
 * who receives the request, or what the signer may do.
 */
package dev.gatehouse.engine.signature;
