package dev.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.configuration.SecretSource;
import dev.gatehouse.definition.Problem;
import dev.gatehouse.http.Downstream;
import dev.gatehouse.http.GatewayRequest;
import dev.gatehouse.http.GatewayResponse;
import dev.gatehouse.http.Headers;
import dev.gatehouse.http.Payload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** All of AWS at one address, as emulators have it: what a call is signed for tells the services apart. */
class OneEndpointTest {

    private static final String ROLE = "arn:aws:iam::123456789012:role/gateway";

    private static final String DOCUMENT = """
            openapi: 3.0.1
            info: {title: all, version: "1"}
            paths:
              /topic:
                post:
                  x-amazon-apigateway-integration: &call
                    type: aws
                    httpMethod: POST
                    uri: arn:aws:apigateway:eu-west-1:sns:action/Publish
                    credentials: arn:aws:iam::123456789012:role/gateway
                    responses: {default: {statusCode: "200"}}
              /function:
                post:
                  x-amazon-apigateway-integration:
                    type: aws
                    httpMethod: POST
                    uri: arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:123456789012:function:work:live/invocations
                    responses: {default: {statusCode: "200"}}
              /function-with-role:
                post:
                  x-amazon-apigateway-integration:
                    <<: *call
                    uri: arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:123456789012:function:work/invocations
            """;

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private HttpServer aws;

    @BeforeEach
    void start() throws IOException {
        aws = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        aws.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            String scope = authorization == null
                    ? "unsigned"
                    : authorization.replaceAll(".*Credential=([^/]+)/\\d+/([^,]+)/aws4_request.*", "$1 $2");
            String xml = """
                    <r><AccessKeyId>ASIA</AccessKeyId><SecretAccessKey>b</SecretAccessKey><SessionToken>c</SessionToken>\
                    <Expiration>2100-01-01T00:00:00Z</Expiration></r>""";
            seen.add(scope + " " + exchange.getRequestURI());
            byte[] answer = (scope.endsWith("sts") ? xml : "{}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        aws.start();
    }

    @AfterEach
    void stop() {
        aws.stop(0);
    }

    @Test
    void servicesFunctionsAndStsAreToldApartByTheirSignature() throws Exception {
        try (Gatehouse gateway = gateway("""
                aws:
                  endpoints: [{endpoint: "http://127.0.0.1:%d", credentials: own}]
                  roles: [{roleArn: "%s", credentials: role, assumeRole: true}]
                """.formatted(aws.getAddress().getPort(), ROLE))) {
            for (String path : List.of("/topic", "/function", "/function-with-role")) {
                assertThat(answer(gateway, path)).isEqualTo("200 {}");
            }
        }

        assertThat(seen)
                .containsExactly(
                        "ROLEKEY eu-west-1/sts /",
                        "ASIA eu-west-1/sns /?Action=Publish",
                        "OWNKEY eu-west-1/lambda /2015-03-31/functions/arn%3Aaws%3Alambda%3Aeu-west-1%3A123456789012%3Afunction%3Awork/invocations?Qualifier=live",
                        "ASIA eu-west-1/lambda /2015-03-31/functions/arn%3Aaws%3Alambda%3Aeu-west-1%3A123456789012%3Afunction%3Awork/invocations");
    }

    @Test
    void withoutEndpointAndRoleNothingDeploysAndEveryProblemIsNamed() {
        InvalidConfigurationException refused = catchThrowableOfType(
                InvalidConfigurationException.class, () -> gateway("").close());

        assertThat(refused.problems())
                .extracting(Problem::message)
                .containsExactly(
                        "there are no credentials for " + ROLE + ": give it an entry below aws.roles in gatehouse.yaml",
                        "there is no function arn:aws:lambda:eu-west-1:123456789012:function:work:live: neither is it configured,"
                                + " nor is there a Lambda endpoint for its region",
                        "there are no credentials for " + ROLE
                                + ": give it an entry below aws.roles in gatehouse.yaml");
    }

    private static Gatehouse gateway(String section) {
        String configuration = """
                region: eu-west-1
                apis:
                  - {restApiId: api, body: api.yaml, stages: [{stageName: prod, servedAt: /}]}
                credentials:
                  own: {accessKeyId: {env: OWNKEY}, secretAccessKey: {env: SECRET}}
                  role: {accessKeyId: {env: ROLEKEY}, secretAccessKey: {env: SECRET}}
                """ + section;
        Map<String, String> files = Map.of("gatehouse.yaml", configuration, "api.yaml", DOCUMENT);
        return Gatehouse.builder()
                .secrets(new SecretSource() {
                    @Override
                    public Optional<String> environment(String name) {
                        return Optional.of(name);
                    }

                    @Override
                    public Optional<String> property(String name) {
                        return Optional.empty();
                    }

                    @Override
                    public String file(String path) {
                        throw new AssertionError(path);
                    }
                })
                .configuration("gatehouse.yaml", name -> open(files.get(name)))
                .build();
    }

    private static InputStream open(String text) {
        return text == null ? null : new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String answer(Gatehouse gateway, String path) throws Exception {
        GatewayResponse response = gateway.serve(new GatewayRequest(
                        "POST",
                        "localhost",
                        path,
                        null,
                        Headers.of("Content-Type", "application/json"),
                        new GatewayRequest.Client("203.0.113.7", "HTTP/1.1", "https", 443),
                        EMPTY,
                        Downstream.NONE))
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
        return response.status() + " "
                + new String(((GatewayResponse.Body.Bytes) response.body()).bytes(), StandardCharsets.UTF_8);
    }

    private static final Payload EMPTY = new Payload() {
        @Override
        public long declaredLength() {
            return 0;
        }

        @Override
        public CompletionStage<byte[]> read(int limit) {
            return CompletableFuture.completedFuture(new byte[0]);
        }
    };
}
