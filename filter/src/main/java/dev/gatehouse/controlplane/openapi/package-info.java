/**
 * OpenAPI documents in: what an API owner wrote becomes a definition, or a list of everything that is wrong with it.
 *
 * <p>In: the bytes of a document. Out: {@code ImportResult}. May import: {@code definition}. Must not know: where definitions
 * are kept, and how they run.
 */
package dev.gatehouse.controlplane.openapi;
