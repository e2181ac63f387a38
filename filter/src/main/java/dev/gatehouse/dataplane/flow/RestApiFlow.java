package dev.gatehouse.dataplane.flow;

import dev.gatehouse.dataplane.observe.AccessLogSink;
import dev.gatehouse.dataplane.observe.TraceDelivery;
import dev.gatehouse.dataplane.observe.TraceDemands;
import dev.gatehouse.dataplane.observe.Tracing;
import dev.gatehouse.dataplane.snapshot.AddressTable.Address;
import dev.gatehouse.dataplane.snapshot.CompiledStage;
import dev.gatehouse.http.GatewayRequest;
import dev.gatehouse.http.GatewayResponse;
import dev.gatehouse.http.QueryString;
import java.util.List;
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
    private final AuthorizeStep access;
    private final PlanStep plans;
    private final ReceiveStep payload = new ReceiveStep();
    private final ValidationStep validation = new ValidationStep();
    private final RequestMappingStep requestMapping = new RequestMappingStep();
    private final CallStep integrations;
    private final ResponseMappingStep responseMapping = new ResponseMappingStep();
    private final RefusalStep gatewayResponses;
    private final ExecutionLog executionLog;
    private final AccessLogging accessLog;
    private final Tracing tracing;

    /** With an execution log of one logger for each stage, named as Amazon's log group is. */
    public RestApiFlow(Arrival arrival, PlanStep plans, Backends backends) {
        this(arrival, plans, backends, Journal.Groups::toLoggers);
    }

    /** @param executionLog gets the name of a log group and a line of text */
    public RestApiFlow(Arrival arrival, PlanStep plans, Backends backends, BiConsumer<String, String> executionLog) {
        this(
                arrival,
                new AuthorizeStep(backends.lambda(), List.of()),
                plans,
                new CallStep(backends, System::nanoTime),
                new ExecutionLog(new Journal.Groups(executionLog)),
                AccessLogSink.toLoggers(),
                Tracing.OFF);
    }

    private RestApiFlow(
            Arrival arrival,
            AuthorizeStep access,
            PlanStep plans,
            CallStep integrations,
            ExecutionLog executionLog,
            AccessLogSink accessLog,
            Tracing tracing) {
        this.arrival = arrival;
        this.tracing = tracing;
        this.access = access;
        this.plans = plans;
        this.integrations = integrations;
        this.executionLog = executionLog;
        this.accessLog = new AccessLogging(accessLog, arrival.clock());
        this.gatewayResponses = new RefusalStep(executionLog, this.accessLog);
    }

    /** The same with another place for access logs. */
    public RestApiFlow withAccessLog(AccessLogSink sink) {
        return new RestApiFlow(arrival, access, plans, integrations, executionLog, sink, tracing);
    }

    /** The same with traces of calls that demand it. */
    public RestApiFlow withTraces(Tracing wanted) {
        return new RestApiFlow(arrival, access, plans, integrations, executionLog, accessLog.sink(), wanted);
    }

    /**
     * The same, with roles for the application.
     *
     * @param sources attributes of callers whose values are roles, such as {@code claims.cognito:groups}
     */
    public RestApiFlow withRoles(List<String> sources) {
        return new RestApiFlow(
                arrival,
                new AuthorizeStep(access.functions(), sources),
                plans,
                integrations,
                executionLog,
                accessLog.sink(),
                tracing);
    }

    /**
     * @param address the stage that answers; the call keeps it to its end, whatever is deployed meanwhile
     * @return the answer; never fails
     */
    public CompletionStage<GatewayResponse> serve(GatewayRequest request, Address address) {
        Optional<QueryString> query = read(request.query());
        CompiledStage stage = address.stage();
        TraceDelivery demanded = tracing.demanded(request, stage.apiId(), stage.stageName());
        if (demanded == null) {
            return serve(arrival.of(request, address, query.orElse(QueryString.EMPTY), null), query.isPresent());
        }
        CallTrace watched = new CallTrace(demanded, tracing.kept());
        return serve(arrival.of(request, address, query.orElse(QueryString.EMPTY), watched), query.isPresent())
                .thenApply(watched::ended);
    }

    private CompletionStage<GatewayResponse> serve(Phase.Arrived arrived, boolean readable) {
        try {
            return readable
                    ? steps(Flow.start(arrived).then(routes::match)).exceptionally(failure -> broken(arrived, failure))
                    : CompletableFuture.completedFuture(
                            gatewayResponses.render(arrived, Refusal.badRequest("Bad Request")));
        } catch (RuntimeException | Error e) {
            // as a future would: a stack that overflows on our thread ends no more than one on another does
            return CompletableFuture.completedFuture(broken(arrived, e));
        }
    }

    /**
     * Runs one method, whatever path the request has: path parameters are there only where it is one of the method's resource.
     *
     * <p>A header {@value TraceDemands#HEADER} with the word {@code answer} makes the trace the answer; whoever may test need not sign it.
     *
     * @param stage compiled for this test, with this method and without anything that keeps callers out
     * @param resourcePath such as {@code /pets/{petId}}
     * @return what came of it, with a log of its own; never fails
     */
    public CompletionStage<TestedCall> test(GatewayRequest request, CompiledStage stage, String resourcePath) {
        long started = System.nanoTime();
        Address address = new Address(stage, request.path(), request.path(), request.path());
        Optional<QueryString> query = read(request.query());
        CallTrace watched = TraceDelivery.ANSWER.word().equals(request.headers().last(TraceDemands.HEADER))
                ? new CallTrace(TraceDelivery.ANSWER, null)
                : null;
        Phase.Arrived arrived = arrival.of(request, address, query.orElse(QueryString.EMPTY), watched);
        TestJournal journal = new TestJournal(arrived.context().call().requestId(), arrival.clock());
        RestApiFlow own = new RestApiFlow(
                arrival,
                access,
                PlanStep.UNCOUNTED,
                integrations,
                new ExecutionLog(journal),
                (destination, line) -> {},
                Tracing.OFF);
        return own.tested(arrived, resourcePath, query.isPresent())
                .thenCompose(RestApiFlow::whole)
                .thenApply(response -> watched == null ? response : watched.ended(response))
                .thenApply(response -> TestedCall.of(response, stage, journal.text(), started));
    }

    /** A test shows what a client would get; of a stream no more than has come by then. */
    private static CompletionStage<GatewayResponse> whole(GatewayResponse response) {
        return response.body() instanceof GatewayResponse.Body.Stream body
                ? TestedStream.taken(body.stream(), TestedStream.PATIENCE)
                        .thenApply(bytes -> GatewayResponse.of(response.status(), response.headers(), bytes))
                : CompletableFuture.completedFuture(response);
    }

    private CompletionStage<GatewayResponse> tested(Phase.Arrived arrived, String resourcePath, boolean readable) {
        try {
            Phase.Matched matched = routes.addressed(arrived, resourcePath);
            return readable
                    ? steps(Flow.start(matched)).exceptionally(failure -> broken(matched, failure))
                    : CompletableFuture.completedFuture(
                            gatewayResponses.render(matched, Refusal.badRequest("Bad Request")));
        } catch (RuntimeException | Error e) {
            return CompletableFuture.completedFuture(broken(arrived, e));
        }
    }

    /**
     * Asks an authorizer about a request, as it would be asked if it were deployed.
     *
     * @param stage compiled for this test: GET of its root has the authorizer
     * @param identity what the log calls the incoming identity
     * @return what came of it, with a log of its own; never fails
     */
    public CompletionStage<TestedAuthorizer> testAuthorizer(
            GatewayRequest request, CompiledStage stage, String authorizerId, String identity) {
        Address address = new Address(stage, request.path(), request.path(), request.path());
        Phase.Arrived arrived =
                arrival.of(request, address, read(request.query()).orElse(QueryString.EMPTY), null);
        AuthorizerLog log = new AuthorizerLog(arrived.context().call().requestId(), authorizerId, arrival.clock());
        return new AuthorizerExam(access.functions(), log).ask(routes.addressed(arrived, "/"), identity);
    }

    /** What a test of an authorizer comes to whose definition is wrong. */
    public TestedAuthorizer untestableAuthorizer(String authorizerId, List<String> problems) {
        return TestedAuthorizer.misconfigured(
                new AuthorizerLog(arrival.newId(), authorizerId, arrival.clock()), problems);
    }

    /** What a test of a method comes to whose definition is wrong. */
    public TestedCall untestable(List<String> problems) {
        return TestedCall.misconfigured(arrival.newId(), problems, arrival.clock());
    }

    private static Optional<QueryString> read(String query) {
        try {
            return Optional.of(QueryString.parse(query));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Test invocations begin here: they know already which method is meant, and its access is open. */
    private CompletionStage<GatewayResponse> steps(Flow<Phase.Matched> routed) {
        return routed //                            Arrived    -> Matched      method, path parameters
                .thenAwait(access::authorize) //    Matched    -> Authorized   resource policy, authorization, caller
                .thenAwait(plans::admit) //         Authorized -> Admitted     API key, quota, throttles
                .thenAwait(payload::receive) //     Admitted   -> Received     the body, unless it streams
                .then(validation::check) //         Received   -> Valid        required parameters, the body's model
                .then(requestMapping::apply) //     Valid      -> Mapped       template or pass-through
                .thenAwait(integrations::call) //   Mapped     -> Answered     the backend's word
                .then(responseMapping::apply) //    Answered   -> Ready        the method response
                .orRefuse(this::complete, gatewayResponses::render);
    }

    private GatewayResponse complete(Phase.Ready ready) {
        if (ready.response().body() instanceof GatewayResponse.Body.Stream body) {
            // the call is over when the stream is
            return new GatewayResponse(
                    ready.response().status(),
                    ready.response().headers(),
                    new GatewayResponse.Body.Stream(new ObservedStream(body.stream(), System::nanoTime, passage -> {
                        executionLog.streamed(ready, passage.failure());
                        accessLog.streamed(ready, passage);
                    })));
        }
        executionLog.completed(ready);
        GatewayResponse response = Compression.apply(ready);
        accessLog.completed(ready, response);
        return response;
    }

    /** Nobody expected this: it is logged with everything, and the caller learns nothing. */
    private GatewayResponse broken(Phase arrived, Throwable failure) {
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
