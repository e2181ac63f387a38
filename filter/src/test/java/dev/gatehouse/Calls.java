package dev.gatehouse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.controlplane.control.ControlRequest;
import dev.gatehouse.controlplane.control.ControlResponse;
import dev.gatehouse.http.Downstream;
import dev.gatehouse.http.GatewayRequest;
import dev.gatehouse.http.GatewayResponse;
import dev.gatehouse.http.Headers;
import dev.gatehouse.http.Payload;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Calls of a whole gateway and of its control plane, as tests make them. */
final class Calls {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Calls() {}

    /** A GET. */
    static GatewayResponse get(Gatehouse gateway, String path, Headers headers) {
        return gateway.serve(new GatewayRequest(
                        "GET",
                        "localhost",
                        path,
                        null,
                        headers,
                        new GatewayRequest.Client("203.0.113.7", "HTTP/1.1", "https", 443),
                        Payload.NONE,
                        Downstream.NONE))
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    static String text(GatewayResponse response) {
        return new String(((GatewayResponse.Body.Bytes) response.body()).bytes(), UTF_8);
    }

    /**
     * An operation of the control plane.
     *
     * @param query null for none
     */
    static ControlResponse manage(Gatehouse gateway, String method, String path, String query, String body) {
        return gateway.controlPlane()
                .orElseThrow()
                .answer(new ControlRequest(
                        method, path, path, query, Headers.EMPTY, body.getBytes(UTF_8), "127.0.0.1", false));
    }

    static String text(ControlResponse response) {
        return new String(response.body(), UTF_8);
    }

    /** @return an empty object where there is no body */
    static JsonNode json(ControlResponse response) throws IOException {
        return response.body().length == 0 ? JSON.createObjectNode() : JSON.readTree(response.body());
    }

    /** Until something is so that another thread or process does; machines that build are busy. */
    static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - deadline).as("nanoseconds over time").isNegative();
            LockSupport.parkNanos(5_000_000);
        }
    }
}
