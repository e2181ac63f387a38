/**
 * Client code for those who call an API, made by OpenAPI Generator where that library is there.
 *
 * <p>In: a deployed definition, a type of SDK and its parameters. Out: {@code SdkResult}, a zip or why there is none. May import:
 * {@code definition}, {@code openapi}. Must not know: where definitions are kept, how they run, and who asks.
 */
package dev.gatehouse.controlplane.sdk;
