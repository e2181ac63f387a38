/**
 * What a request and an answer are: values of our own.
 *
 * <p>In: nothing. Out: {@code GatewayRequest}, {@code GatewayResponse}, {@code Headers}. May import: nothing of ours. Must
 * not know: servlets, or any HTTP library.
 */
package dev.gatehouse.http;
