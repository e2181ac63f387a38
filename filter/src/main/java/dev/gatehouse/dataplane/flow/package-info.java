/**
 * The request, in one visible place: {@code RestApiFlow} is the line of steps, one thin class per step.
 *
 * <p>In: a request and the compiled stage it is for. Out: an answer, always. May import: {@code http}, {@code snapshot},
 * {@code authorizer}, {@code integration}, {@code observe}, engines. Must not know: definitions, the control plane, servlets.
 */
package dev.gatehouse.dataplane.flow;
