/**
 * JSON as values: parse, write, query.
 *
 * <p>In: text. Out: {@code JsonObject}, {@code JsonArray}, strings, numbers, booleans, null. May import: nothing of ours. Must
 * not know: what a document means, or whether it came from a client, a backend or a template.
 */
package dev.gatehouse.engine.json;
