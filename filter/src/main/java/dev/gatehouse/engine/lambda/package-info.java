/**
 * Lambda functions: the port through which they are called, and its forms: in this process, or over the Invoke API.
 *
 * <p>In: a function's name and a payload. Out: the payload it answered, or the reason why there is none. May import: {@code
 * http}, {@code signature}. Must not know: what the payload means, or who asks.
 */
package dev.gatehouse.engine.lambda;
