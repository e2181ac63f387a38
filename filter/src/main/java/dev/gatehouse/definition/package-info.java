/**
 * What an API owner declared, in Amazon's words: immutable records without behaviour.
 *
 * <p>In: nothing. Out: {@code ApiDefinition}, {@code Stage}, {@code UsagePlan} and their parts, {@code Problem}. May import:
 * nothing of ours. Must not know: how a definition is written down, kept, or run.
 *
 * <p>Component names and enum constants are those of API Gateway's REST API (version 2015-07-09) on the wire. Maps and lists
 * are copied, keep their order, and are empty rather than null; whatever else may be absent is null, and the record says so.
 */
package dev.gatehouse.definition;
