package dev.gatehouse.dataplane.flow;

import dev.gatehouse.dataplane.snapshot.AddressTable.Address;
import dev.gatehouse.engine.lambda.LambdaInvoker;
import dev.gatehouse.http.GatewayRequest;
import dev.gatehouse.http.GatewayResponse;
import dev.gatehouse.http.HttpSender;
import dev.gatehouse.http.QueryString;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens to a request to a REST API, in order. Source of the order: API Gateway developer guide and recorded precedence
 * of failures.
 *
 * <p>Thread-safe; keeps nothing of a call.
 */
public final class RestApiFlow {

    private static final Logger LOG = LoggerFactory.getLogger(RestApiFlow.class);

    private final Arrival arrival;
    private final RouteStep routes = new RouteStep();
    private final AuthorizeStep access = new AuthorizeStep();
    private final ReceiveStep payload = new ReceiveStep();
    private final ValidationStep validation = new ValidationStep();
    private final RequestMappingStep requestMapping = new RequestMappingStep();
    private final CallStep integrations;
    private final ResponseMappingStep responseMapping = new ResponseMappingStep();
    private final RefusalStep gatewayResponses;
    private final ExecutionLog executionLog;

    /** With an execution log of one logger for each stage, named as Amazon's log group is. */
    public RestApiFlow(Arrival arrival, HttpSender http, LambdaInvoker lambda) {
        this(arrival, http, lambda, ExecutionLog::toLoggers);
    }

    /** @param executionLog gets the name of a log group and a line of text */
    public RestApiFlow(
            Arrival arrival, HttpSender http, LambdaInvoker lambda, BiConsumer<String, String> executionLog) {
        this.arrival = arrival;
        this.executionLog = new ExecutionLog(executionLog);
        this.gatewayResponses = new RefusalStep(this.executionLog);
        this.integrations = new CallStep(http, lambda, System::nanoTime);
    }

    /**
     * @param address the stage that answers; the call keeps it to its end, whatever is deployed meanwhile
     * @return the answer; never fails
     */
    public CompletionStage<GatewayResponse> serve(GatewayRequest request, Address address) {
        Optional<QueryString> query = read(request.query());
        Phase.Arrived arrived = arrival.of(request, address, query.orElse(QueryString.EMPTY));
        try {
            return query.isPresent()
                    ? steps(arrived).exceptionally(failure -> broken(arrived, failure))
                    : CompletableFuture.completedFuture(
                            gatewayResponses.render(arrived, Refusal.badRequest("Bad Request")));
        } catch (RuntimeException | Error e) {
            // as a future would: a stack that overflows on our thread ends no more than one on another does
            return CompletableFuture.completedFuture(broken(arrived, e));
        }
    }

    private static Optional<QueryString> read(String query) {
        try {
            return Optional.of(QueryString.parse(query));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private CompletionStage<GatewayResponse> steps(Phase.Arrived arrived) {
        return Flow.start(arrived)
                .then(routes::match) //             Arrived    -> Matched      method, path parameters
                .thenAwait(access::authorize) //    Matched    -> Authorized   resource policy, authorization, caller
                .thenAwait(payload::receive) //     Authorized -> Received     the body, unless it streams
                .then(validation::check) //         Received   -> Valid        required parameters
                .then(requestMapping::apply) //     Valid      -> Mapped       template or pass-through
                .thenAwait(integrations::call) //   Mapped     -> Answered     the backend's word
                .then(responseMapping::apply) //    Answered   -> Ready        the method response
                .orRefuse(this::complete, gatewayResponses::render);
    }

    private GatewayResponse complete(Phase.Ready ready) {
        executionLog.completed(ready);
        return ready.response();
    }

    /** Nobody expected this: it is logged with everything, and the caller learns nothing. */
    private GatewayResponse broken(Phase.Arrived arrived, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        LOG.error(
                "({}) Execution failed due to an internal error",
                arrived.context().call().requestId(),
                cause);
        try {
            return gatewayResponses.render(
                    arrived, Refusal.internal("Execution failed due to an internal error: " + cause));
        } catch (RuntimeException | Error e) {
            LOG.error(
                    "({}) The failure cannot be worded",
                    arrived.context().call().requestId(),
                    e);
            return RefusalStep.unworded(arrived);
        }
    }
}
