/**
 * {@code method.request.header.X}, {@code context.identity.sourceIp}, {@code stageVariables.x}: parsed once, evaluated often.
 *
 * <p>In: the text of an expression; later the call it speaks of. Out: a value, or null where there is none. May import:
 * {@code http}, {@code json}. Must not know: who asks, or what is done with the value.
 */
package dev.gatehouse.engine.expression;
