/**
 * The control plane: Amazon's operations on definitions, API version 2015-07-09, in their wire form.
 *
 * <p>In: a {@link dev.gatehouse.controlplane.control.ControlRequest}. Out: a {@code ControlResponse}, changes in the store, and
 * calls through the {@code DataPlane} door. May import: {@code http}, {@code definition}, {@code store}, {@code openapi}, {@code
 * sdk}, {@code signature}, {@code policy}, {@code identity}. Must not know: how a stage runs, and servlets.
 */
package dev.gatehouse.controlplane.control;
