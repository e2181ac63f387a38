package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.IntegrationType;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;

/** The gateway as {@code jetty:run} starts it, from nothing to APIs that call functions and services at the one endpoint. */
class EmptyGatewayIT {

    private static final int PORT = Integer.getInteger("it.gateway.http");
    private static final int AWS_PORT = Integer.getInteger("it.gateway.aws");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LAMBDA = "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/"
            + "arn:aws:lambda:eu-west-1:000000000000:function:pets/invocations";

    /** What came to the endpoint. */
    private record Received(String path, String authorization, JsonNode body) {}

    private final Deque<Received> received = new ConcurrentLinkedDeque<>();
    private HttpServer services;
    private ApiGatewayClient client;

    @BeforeEach
    void start() throws IOException {
        services = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), AWS_PORT), 0);
        services.createContext("/", this::answer);
        services.start();
        client = ApiGatewayClient.builder()
                .endpointOverride(URI.create("http://127.0.0.1:" + PORT))
                .region(Region.EU_WEST_1)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create("AKIAIOSFODNN7EXAMPLE", "an-example-that-opens-nothing-else")))
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        services.stop(0);
    }

    /** Functions and services are told apart by what calls are signed for, as at any emulator of all of Amazon. */
    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        received.add(new Received(exchange.getRequestURI().toString(), authorization, JSON.readTree(body)));
        byte[] answer = (authorization.contains("/lambda/aws4_request")
                        ? "{\"statusCode\": 200, \"body\": \"from a function\"}"
                        : "{\"from\": \"a service\"}")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    @Test
    void everyFormOfAnInvokeUrlLeadsToTheFunctionOverOneConnection() throws Exception {
        String api = api(integration -> integration.put("type", IntegrationType.AWS_PROXY.toString()));
        try (Connection connection = new Connection()) {
            String host = "127.0.0.1:" + PORT;
            for (String[] form : new String[][] {
                {api + ".execute-api.localhost:" + PORT, "/prod/pets"},
                {host, "/restapis/" + api + "/prod/_user_request_/pets"},
                {host, "/_aws/execute-api/" + api + "/prod/pets"}
            }) {
                Answer answer =
                        connection.ask("GET " + form[1] + " HTTP/1.1", "Host: " + form[0], "X-cUsTom-Header: Mixed");
                assertThat(answer.status()).as(form[1] + " " + answer.body()).isEqualTo(200);
                assertThat(answer.body()).isEqualTo("from a function");
                assertThat(received.getLast()
                                .body()
                                .at("/headers/X-cUsTom-Header")
                                .textValue())
                        .isEqualTo("Mixed");
            }
            // a refusal keeps the connection as well
            assertThat(connection
                            .ask("GET /prod/none HTTP/1.1", "Host: " + api + ".execute-api.localhost")
                            .status())
                    .isEqualTo(403);
            assertThat(connection
                            .ask("POST /restapis HTTP/1.1", "Host: " + host, "Content-Length: 0")
                            .status())
                    .isEqualTo(403);
            assertThat(connection
                            .ask("GET /_aws/execute-api/" + api + "/prod/pets HTTP/1.1", "Host: " + host)
                            .status())
                    .isEqualTo(200);
        }
        assertThat(received.getLast().authorization())
                .contains("Credential=AKIAIOSFODNN7EXAMPLE/")
                .contains("/eu-west-1/lambda/aws4_request");
    }

    @Test
    void aServiceIsCalledAtTheSameEndpointInTheNameOfAnyRole() throws Exception {
        String api = api(integration -> {
            integration.put("type", IntegrationType.AWS.toString());
            integration.put("uri", "arn:aws:apigateway:eu-west-1:dynamodb:action/GetItem");
            integration.put("credentials", "arn:aws:iam::000000000000:role/reader");
        });
        try (Connection connection = new Connection()) {
            Answer answer =
                    connection.ask("GET /prod/pets HTTP/1.1", "Host: " + api + ".execute-api.localhost:" + PORT);
            assertThat(answer.body()).isEqualTo("{\"from\": \"a service\"}");
        }
        assertThat(received.getLast().authorization()).contains("/eu-west-1/dynamodb/aws4_request");
    }

    @Test
    void tagsAreReadByTheirArn() {
        String id = client.createRestApi(one -> one.name("tagged").tags(Map.of("a", "1")))
                .id();

        assertThat(client.getTags(one -> one.resourceArn("arn:aws:apigateway:eu-west-1::/restapis/" + id))
                        .tags())
                .isEqualTo(Map.of("a", "1"));
    }

    @Test
    void whoWasGivenAKeyMayDoWhatItsPolicySays() {
        String name = "reader" + System.nanoTime();
        try (IamClient iam = IamClient.builder()
                .endpointOverride(URI.create("http://127.0.0.1:" + PORT))
                .region(Region.AWS_GLOBAL)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create("AKIAIOSFODNN7EXAMPLE", "an-example-that-opens-nothing-else")))
                .build()) {
            iam.createUser(one -> one.userName(name));
            iam.putUserPolicy(one -> one.userName(name)
                    .policyName("reads")
                    .policyDocument(
                            "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"apigateway:GET\",\"Resource\":\"*\"}}"));
            AccessKey key = iam.createAccessKey(one -> one.userName(name)).accessKey();
            try (ApiGatewayClient reader = ApiGatewayClient.builder()
                    .endpointOverride(URI.create("http://127.0.0.1:" + PORT))
                    .region(Region.EU_WEST_1)
                    .credentialsProvider(StaticCredentialsProvider.create(
                            AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey())))
                    .build()) {
                assertThat(reader.getRestApis().sdkHttpResponse().isSuccessful())
                        .isTrue();
                assertThatThrownBy(() -> reader.createRestApi(one -> one.name("mine")))
                        .hasMessageContaining("apigateway:POST");
            }
        }
    }

    private interface Integration {
        void describe(Map<String, String> integration);
    }

    private String api(Integration described) {
        Map<String, String> integration = new java.util.HashMap<>(Map.of("uri", LAMBDA));
        described.describe(integration);
        var api = client.createRestApi(one -> one.name("pets"));
        String pets = client.createResource(one ->
                        one.restApiId(api.id()).parentId(api.rootResourceId()).pathPart("pets"))
                .id();
        client.putMethod(one ->
                one.restApiId(api.id()).resourceId(pets).httpMethod("GET").authorizationType("NONE"));
        client.putMethodResponse(one ->
                one.restApiId(api.id()).resourceId(pets).httpMethod("GET").statusCode("200"));
        client.putIntegration(one -> one.restApiId(api.id())
                .resourceId(pets)
                .httpMethod("GET")
                .type(integration.get("type"))
                .integrationHttpMethod("POST")
                .uri(integration.get("uri"))
                .credentials(integration.get("credentials")));
        client.putIntegrationResponse(one ->
                one.restApiId(api.id()).resourceId(pets).httpMethod("GET").statusCode("200"));
        client.createDeployment(one -> one.restApiId(api.id()).stageName("prod"));
        return api.id();
    }

    private record Answer(int status, String body) {}

    /** One connection, so that whoever closes it is found out. */
    private static final class Connection implements AutoCloseable {

        private final Socket socket = new Socket(InetAddress.getLoopbackAddress(), PORT);

        private Connection() throws IOException {}

        Answer ask(String... lines) throws IOException {
            OutputStream out = socket.getOutputStream();
            out.write((String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            Deque<String> head = new ArrayDeque<>();
            for (String line = line(); !line.isEmpty(); line = line()) {
                head.add(line);
            }
            int length = head.stream()
                    .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:"))
                    .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no length: " + head));
            String body = new String(socket.getInputStream().readNBytes(length), StandardCharsets.UTF_8);
            return new Answer(Integer.parseInt(head.getFirst().split(" ")[1]), body);
        }

        private String line() throws IOException {
            InputStream in = socket.getInputStream();
            StringBuilder line = new StringBuilder();
            for (int c = in.read(); c != '\n'; c = in.read()) {
                if (c < 0) {
                    throw new IOException("the connection was closed after: " + line);
                }
                if (c != '\r') {
                    line.append((char) c);
                }
            }
            return line.toString();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
