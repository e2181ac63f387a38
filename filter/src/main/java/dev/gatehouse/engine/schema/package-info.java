/**
 * JSON Schema, draft 4.
 *
 * <p>In: the models of an API; later the tree of a document. Out: what is wrong with the document, in Amazon's words. May
 * import: {@code json}, {@code pattern}. Must not know: which request is checked, or what comes of it.
 */
package dev.gatehouse.engine.schema;
