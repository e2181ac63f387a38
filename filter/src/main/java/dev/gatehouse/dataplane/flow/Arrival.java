package dev.gatehouse.dataplane.flow;

import dev.gatehouse.dataplane.snapshot.AddressTable.Address;
import dev.gatehouse.dataplane.snapshot.CompiledStage;
import dev.gatehouse.engine.expression.CallContext;
import dev.gatehouse.http.GatewayRequest;
import dev.gatehouse.http.Headers;
import dev.gatehouse.http.QueryString;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.DoubleSupplier;

/** Makes a readable call of a request: identifiers, context, query, visible headers. Thread-safe. */
public final class Arrival {

    private final RequestIds ids;
    private final InstantSource clock;
    private final DoubleSupplier chance;

    /** @param chance 0 inclusive to 1 exclusive: who becomes a canary */
    public Arrival(RequestIds ids, InstantSource clock, DoubleSupplier chance) {
        this.ids = ids;
        this.clock = clock;
        this.chance = chance;
    }

    InstantSource clock() {
        return clock;
    }

    String newId() {
        return ids.requestId();
    }

    /** @param watched null for a call that nobody traces */
    Phase.Arrived of(GatewayRequest received, Address address, QueryString query, CallTrace watched) {
        GatewayRequest request = asMeant(received);
        CompiledStage.Canary canary = address.stage().canary();
        boolean toCanary = canary != null && chance.getAsDouble() * 100 < canary.percentTraffic();
        CompiledStage stage = toCanary ? canary.stage() : address.stage();
        CallContext.Call call = new CallContext.Call(
                ids.requestId(request.headers().last("x-amzn-RequestId")),
                ids.extendedRequestId(),
                clock.instant(),
                request.method(),
                address.contextPath(),
                // Amazon talks HTTP/1.1 behind its front door, whatever the client talks
                "HTTP/1.1",
                hostName(request.host()),
                stage.accountId(),
                stage.apiId(),
                stage.stageName(),
                stage.deploymentId(),
                canary == null ? null : toCanary);
        CallContext.Identity identity = new CallContext.Identity(
                request.client().sourceIp(), request.headers().last("User-Agent"));
        Headers visible = EntryHeaders.visible(request.headers());
        return new Phase.Arrived(
                stage,
                request,
                address.eventPath(),
                address.path(),
                visible,
                query,
                CallContext.of(call, identity),
                ids.traceId(request.headers().last("X-Amzn-Trace-Id"), clock.millis()),
                watched);
    }

    /** A client that cannot send the verb it means names it in a header; from here on there is no other verb. */
    private static GatewayRequest asMeant(GatewayRequest received) {
        String override = received.headers().last("X-HTTP-Method-Override");
        return override == null || override.isEmpty() ? received : received.withMethod(override);
    }

    private static String hostName(String host) {
        int colon = host.lastIndexOf(':');
        boolean port = colon > host.lastIndexOf(']');
        return (port ? host.substring(0, colon) : host).toLowerCase(Locale.ROOT);
    }
}
