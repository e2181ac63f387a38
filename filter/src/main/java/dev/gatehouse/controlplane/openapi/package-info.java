/**
 * OpenAPI documents in and out: what an API owner wrote becomes a definition, or a list of everything that is wrong with it; a
 * definition becomes a document.
 *
 * <p>In: the bytes of a document, or a definition. Out: {@code ImportResult}, {@code ExportResult}. May
 * import: {@code definition}. Must not know: where definitions are kept, and how they run.
 */
package dev.gatehouse.controlplane.openapi;
