package dev.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.gatehouse.engine.limit.Level;
import dev.gatehouse.engine.limit.LimitExceeded;
import dev.gatehouse.http.Headers;
import io.github.resilience4j.ratelimiter.event.RateLimiterEvent;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who hears of a call that a limit has refused, and what. */
class RefusedCallsTest {

    private static final Map<String, String> FILES = Map.of("gatehouse.yaml", """
            apis: [{restApiId: tea, body: tea.yaml, stages: [{stageName: prod}]}]
            apiKeys: [{id: mobile, value: {property: refused.calls.key}}]
            usagePlans:
              - id: standard
                apiStages: [{apiId: tea, stage: prod, throttle: {/hot/GET: {rateLimit: 0, burstLimit: 0}}}]
                throttle: {rateLimit: 0.001, burstLimit: 1}
                quota: {limit: 1000, period: MONTH}
                keys: [mobile]
            """, "tea.yaml", """
            openapi: 3.0.1
            info: {title: tea, version: "1"}
            components: {securitySchemes: {key: {type: apiKey, name: x-api-key, in: header}}}
            paths:
              /cold:
                get: &method
                  security: [{key: []}]
                  x-amazon-apigateway-integration: {type: mock, requestTemplates: {application/json: '{"statusCode": 200}'}, responses: {default: {statusCode: "200"}}}
                  responses: {"200": {description: ok}}
              /hot: {get: *method}
            """);

    private static final String VALUE = "the-value-of-the-key-of-the-app";

    private final List<LimitExceeded> heard = new ArrayList<>();
    private final List<RateLimiterEvent> events = new ArrayList<>();

    @AfterEach
    void forget() {
        System.clearProperty("refused.calls.key");
    }

    @Test
    void aListenerAndResilience4jTellPlanKeyIdAndLimitButNeverTheValue() {
        System.setProperty("refused.calls.key", VALUE);
        try (Gatehouse gateway = Gatehouse.builder()
                .configuration(
                        "gatehouse.yaml",
                        name -> new ByteArrayInputStream(FILES.get(name).getBytes(StandardCharsets.UTF_8)))
                .limitListener(heard::add)
                .build()) {
            gateway.limits().events().onEvent(events::add);

            assertThat(status(gateway, "/prod/cold")).isEqualTo(200);
            assertThat(status(gateway, "/prod/cold")).isEqualTo(429);
            assertThat(status(gateway, "/prod/hot")).isEqualTo(429);
        }

        assertThat(heard)
                .extracting(LimitExceeded::planId, LimitExceeded::keyId, LimitExceeded::level, LimitExceeded::limit)
                .containsExactly(
                        tuple("standard", "mobile", Level.CLIENT, "0.001 per second, burst 1"),
                        tuple("standard", "mobile", Level.CLIENT_METHOD, "0.0 per second, burst 0"));
        assertThat(events)
                .extracting(RateLimiterEvent::getEventType, RateLimiterEvent::getRateLimiterName)
                .containsExactly(
                        tuple(RateLimiterEvent.Type.FAILED_ACQUIRE, "usage-plan/standard/key/mobile"),
                        tuple(RateLimiterEvent.Type.FAILED_ACQUIRE, "usage-plan/standard/key/mobile/tea/prod/hot/GET"));
        assertThat(heard.toString() + events).doesNotContain(VALUE);
    }

    @Test
    void aListenerThatFailsChangesNoAnswer() {
        System.setProperty("refused.calls.key", VALUE);
        try (Gatehouse gateway = Gatehouse.builder()
                .configuration(
                        "gatehouse.yaml",
                        name -> new ByteArrayInputStream(FILES.get(name).getBytes(StandardCharsets.UTF_8)))
                .limitListener(call -> {
                    throw new IllegalStateException("no ears");
                })
                .build()) {
            assertThat(status(gateway, "/prod/hot")).isEqualTo(429);
        }
    }

    private static int status(Gatehouse gateway, String path) {
        return Calls.get(gateway, path, Headers.of("x-api-key", VALUE)).status();
    }
}
