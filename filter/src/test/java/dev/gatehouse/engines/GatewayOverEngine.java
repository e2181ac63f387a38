package dev.gatehouse.engines;

import dev.gatehouse.Gatehouse;
import dev.gatehouse.configuration.SecretSource;
import dev.gatehouse.http.Downstream;
import dev.gatehouse.http.GatewayRequest;
import dev.gatehouse.http.GatewayResponse;
import dev.gatehouse.http.Headers;
import dev.gatehouse.http.Payload;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** A whole gateway from two texts, called without a container. */
record GatewayOverEngine(Gatehouse gatehouse) implements AutoCloseable {

    private static final SecretSource LOCAL = new SecretSource() {
        @Override
        public Optional<String> environment(String name) {
            return Optional.of("local");
        }

        @Override
        public Optional<String> property(String name) {
            return Optional.empty();
        }

        @Override
        public String file(String path) {
            throw new AssertionError(path);
        }
    };

    /** @param api name and text of the document that the configuration names */
    static GatewayOverEngine of(String configuration, Map<String, String> api) {
        return new GatewayOverEngine(Gatehouse.builder()
                .secrets(LOCAL)
                .configuration("gatehouse.yaml", name -> {
                    String text = name.equals("gatehouse.yaml") ? configuration : api.get(name);
                    return text == null ? null : new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
                })
                .build());
    }

    /** One API at the root, every service at the engine, every role signed for. */
    static GatewayOverEngine of(Engine engine, String document) {
        return of("""
                apis:
                  - {restApiId: api, body: api.yaml, stages: [{stageName: prod, servedAt: /}]}
                aws:
                  endpoints: [{endpoint: "%s"}]
                  roles: [{roleArn: "*", credentials: local}]
                credentials:
                  local: {accessKeyId: {env: ID}, secretAccessKey: {env: SECRET}}
                """.formatted(engine.url()), Map.of("api.yaml", document));
    }

    record Answered(int status, Headers headers, byte[] body) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    Answered call(String method, String target, String body, String... headers) throws Exception {
        return call(method, target, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    Answered call(String method, String target, byte[] body, String... headers) throws Exception {
        int question = target.indexOf('?');
        GatewayResponse response = gatehouse
                .serve(new GatewayRequest(
                        method,
                        "localhost",
                        question < 0 ? target : target.substring(0, question),
                        question < 0 ? null : target.substring(question + 1),
                        Headers.of(headers),
                        new GatewayRequest.Client("203.0.113.7", "HTTP/1.1", "https", 443),
                        payload(body),
                        Downstream.NONE))
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
        return new Answered(
                response.status(), response.headers(), ((GatewayResponse.Body.Bytes) response.body()).bytes());
    }

    private static Payload payload(byte[] body) {
        return new Payload() {
            @Override
            public long declaredLength() {
                return body.length;
            }

            @Override
            public CompletionStage<byte[]> read(int limit) {
                return CompletableFuture.completedFuture(body);
            }
        };
    }

    @Override
    public void close() {
        gatehouse.close();
    }
}
