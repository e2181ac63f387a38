package dev.gatehouse.servlet;

import dev.gatehouse.StageListing;
import dev.gatehouse.http.BackendRequest;
import dev.gatehouse.http.GatewayContext;
import dev.gatehouse.http.GatewayRequest;
import dev.gatehouse.http.GatewayResponse;
import dev.gatehouse.http.Headers;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A gateway that does what the test at hand wants. */
final class ScriptedGateway implements Gateway {

    static final GatewayContext CONTEXT = new GatewayContext(
            "id-1", "ext=", "000000000000", "api1", "prod", "/", "127.0.0.1", Map.of(), Map.of(), null, null);

    volatile Function<GatewayRequest, CompletionStage<GatewayResponse>> behaviour;
    volatile boolean closed;

    @Override
    public CompletionStage<GatewayResponse> serve(GatewayRequest request) {
        return behaviour.apply(request);
    }

    @Override
    public boolean isInvokeUrl(String host, String path) {
        return false;
    }

    @Override
    public List<StageListing> stages() {
        return List.of();
    }

    @Override
    public void release() {
        closed = true;
    }

    static GatewayResponse text(int status, String body, String... headers) {
        return GatewayResponse.of(status, Headers.of(headers), body.getBytes(StandardCharsets.UTF_8));
    }

    /** The call that a proxy integration makes of a request. */
    static BackendRequest same(GatewayRequest request) {
        return call(
                request.method(),
                request.path() + (request.query() == null ? "" : "?" + request.query()),
                request.headers(),
                "");
    }

    static BackendRequest call(String method, String target, Headers headers, String body) {
        return new BackendRequest(
                method,
                URI.create("servlet:" + target),
                headers,
                body.getBytes(StandardCharsets.UTF_8),
                Duration.ofSeconds(29));
    }

    static CompletionStage<GatewayResponse> stream(GatewayRequest request) {
        return stream(request, UnaryOperator.identity());
    }

    static CompletionStage<GatewayResponse> stream(GatewayRequest request, UnaryOperator<Headers> head) {
        return request.downstream().stream(CONTEXT, same(request), head);
    }

    /** The application's answer, passed on as it is. */
    static CompletionStage<GatewayResponse> exchange(GatewayRequest request, BackendRequest call) {
        return request.downstream()
                .exchange(CONTEXT, call)
                .thenApply(reply -> GatewayResponse.of(reply.status(), reply.headers(), reply.body()));
    }

    /** Completes on another thread, not before the container has the thread back that this is called on. */
    static <T> CompletionStage<T> later(T value) {
        return WitnessedFilter.returned().thenApplyAsync(nothing -> value);
    }
}
