/**
 * The servlet shell: adapts, calls, writes back, and decides nothing.
 *
 * <p>The story of a call:
 *
 * <ol>
 *   <li>{@link GatehouseFilter} gets it, refuses what no gateway could read ({@code ClientRequest}), and starts a
 *       {@code ServletCall}.
 *   <li>The gateway is asked. It may read the client's body ({@code ClientPayload}).
 *   <li>Where it has to wait, the call sleeps in an asynchronous cycle and holds no thread.
 *   <li>Where it wants the application ({@code ApplicationDownstream}), the call comes back by an ASYNC dispatch, if it is not in
 *       a dispatch still, and an {@code ApplicationRun} enters the application: next in the chain, or by a forward.
 *   <li>The application sees an {@code ApplicationRequest} and an {@code ApplicationResponse}. What it writes goes to the client
 *       ({@code StreamedOutput}) or to the gateway ({@code CollectedOutput}); {@code ApplicationAsync} tells when it has done.
 *   <li>The gateway's answer is written once ({@code AnswerWriter}), unless the application has answered the client.
 * </ol>
 *
 * <p>At start {@code AsyncMapping} maps filters for ASYNC, {@code GatewayStart} finds or builds the gateway, and
 * {@code BypassReport} says what goes around it.
 *
 * <p>In: a container's request. Out: a {@code GatewayRequest} for the gateway, and its answer on the wire. May import: the
 * root package and {@code http}; {@code jakarta.servlet} appears here and in the CDI module only. Must not know: what an API,
 * a stage or an authorizer is.
 */
package dev.gatehouse.servlet;
