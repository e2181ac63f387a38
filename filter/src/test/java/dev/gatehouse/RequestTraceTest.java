package dev.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.controlplane.control.Caller;
import dev.gatehouse.controlplane.control.ControlRequest;
import dev.gatehouse.controlplane.control.ControlResponse;
import dev.gatehouse.controlplane.store.InMemoryStore;
import dev.gatehouse.dataplane.observe.Trace;
import dev.gatehouse.engine.lambda.LambdaFunction;
import dev.gatehouse.http.BackendReply;
import dev.gatehouse.http.BackendRequest;
import dev.gatehouse.http.Downstream;
import dev.gatehouse.http.GatewayContext;
import dev.gatehouse.http.GatewayRequest;
import dev.gatehouse.http.GatewayResponse;
import dev.gatehouse.http.Headers;
import dev.gatehouse.http.Payload;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a call tells that demands it, and that all others get no other answer than ever. */
class RequestTraceTest {

    private static final String KEY = "key-of-those-who-may-trace-calls-of-orders";
    private static final String API_KEY = "the-value-of-the-key-of-the-app";
    private static final long NOW = 1_795_341_600;
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Map<String, String> FILES = Map.of("gatehouse.yaml", """
            apis:
              - {restApiId: orders, body: orders.yaml, stages: [{stageName: prod}, {stageName: dev}]}
            apiKeys: [{id: mobile, value: {property: api.key}}]
            usagePlans:
              - id: standard
                apiStages: [{apiId: orders, stage: dev}]
                throttle: {rateLimit: 0.001, burstLimit: 2}
                quota: {limit: 1000, period: MONTH}
                keys: [mobile]
            requestTraces:
              key: {property: trace.key}
              stages: [{apiId: orders, stage: dev}]
            """, "orders.yaml", """
            openapi: 3.0.1
            info: {title: orders, version: "1"}
            components:
              securitySchemes:
                key: {type: apiKey, name: x-api-key, in: header}
                token:
                  type: apiKey
                  name: X-Who
                  in: header
                  x-amazon-apigateway-authtype: custom
                  x-amazon-apigateway-authorizer:
                    type: token
                    authorizerUri: arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:gatekeeper/invocations
            paths:
              /orders/{id}:
                post:
                  security: [{key: [], token: []}]
                  responses: {"200": {description: ok}, "409": {description: sold out}}
                  x-amazon-apigateway-integration:
                    type: aws
                    httpMethod: POST
                    uri: arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:stock/invocations
                    requestTemplates:
                      application/json: |-
                        #set($context.requestOverride.header.X-Amz-Client-Context = "e30=")
                        {"order": "$input.params('id')", "pw": "$input.path('$.password')", "by": "$context.identity.apiKey", "amount": $input.path('$.amount')}
                    responses:
                      default: {statusCode: "200", responseTemplates: {application/json: '{"left": $input.path(''$.left'')}'}}
                      "SOLD_OUT.*": {statusCode: "409", responseTemplates: {application/json: '{"message": "sold out"}'}}
              /echo:
                get:
                  responses: {"200": {description: ok}}
                  x-amazon-apigateway-integration:
                    type: mock
                    requestTemplates: {application/json: '{"statusCode": 200}'}
                    responses: {default: {statusCode: "200", responseTemplates: {application/json: '{"demand": "$input.params(''x-gatehouse-trace'')", "q": "$input.params(''q'')"}'}}}
              /broken:
                get:
                  responses: {"200": {description: ok}}
                  x-amazon-apigateway-integration:
                    type: mock
                    requestTemplates: {application/json: '{"statusCode": 200}'}
                    responses: {default: {statusCode: "200", responseTemplates: {application/json: '$util.parseJson("{")'}}}
              /files:
                get:
                  responses: {"200": {description: ok}}
                  x-amazon-apigateway-integration: {type: http_proxy, httpMethod: GET, uri: "servlet:///files"}
              /later:
                get:
                  responses: {"200": {description: ok}}
                  x-amazon-apigateway-integration: {type: http, httpMethod: GET, uri: "servlet:///later", responses: {default: {statusCode: "200"}}}
            """);

    private final Gatehouse gateway;
    private final Application application = new Application();

    RequestTraceTest() {
        System.setProperty("trace.key", KEY);
        System.setProperty("api.key", API_KEY);
        gateway = builder().build();
    }

    private static GatehouseBuilder builder() {
        return Gatehouse.builder()
                .configuration(
                        "gatehouse.yaml",
                        name -> new ByteArrayInputStream(FILES.get(name).getBytes(StandardCharsets.UTF_8)))
                .clock(InstantSource.fixed(Instant.ofEpochSecond(NOW)))
                .function("gatekeeper", () -> (LambdaFunction) (event, context) -> policy(event), LambdaFunction.class)
                .function("stock", () -> (LambdaFunction) (event, context) -> stock(event), LambdaFunction.class);
    }

    private static byte[] policy(byte[] event) {
        String effect = text(event).contains("eve") ? "Deny" : "Allow";
        return ("{\"principalId\":\"ada\",\"policyDocument\":{\"Version\":\"2012-10-17\",\"Statement\":[{\"Action\":"
                        + "\"execute-api:Invoke\",\"Effect\":\"" + effect + "\",\"Resource\":\"*\"}]},"
                        + "\"context\":{\"team\":\"tea\",\"refreshToken\":\"a-token-to-refresh\"}}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] stock(byte[] event) {
        if (text(event).contains("\"amount\": 9")) {
            throw new IllegalStateException("SOLD_OUT: nothing left");
        }
        return "{\"left\": 41, \"sessionToken\": \"a-token-of-the-session\"}".getBytes(StandardCharsets.UTF_8);
    }

    @AfterEach
    void close() {
        gateway.close();
        System.clearProperty("trace.key");
        System.clearProperty("api.key");
    }

    @Test
    void everyStepTellsWhatItCameTo() throws Exception {
        JsonNode trace = answered(order("answer", "{\"amount\": 3, \"password\": \"open-sesame\"}", "who-is-ada"));

        assertThat(trace.at("/steps").findValuesAsText("step"))
                .containsExactly(
                        "route", "authorize", "admit", "receive", "validate", "mapRequest", "integrate", "mapResponse");
        assertThat(trace.at("/steps"))
                .allMatch(step -> step.get("microseconds").decimalValue().signum() >= 0);
        assertThat(step(trace, "route").at("/resourcePath").textValue()).isEqualTo("/orders/{id}");
        assertThat(step(trace, "route").at("/pathParameters/id").textValue()).isEqualTo("7");
        JsonNode authorize = step(trace, "authorize");
        assertThat(authorize.at("/authorization").textValue()).isEqualTo("CUSTOM");
        assertThat(authorize.at("/authorizer/remembered").booleanValue()).isFalse();
        assertThat(authorize.at("/authorizer/event").textValue())
                .contains("\"type\":\"TOKEN\"", "\"authorizationToken\":\"***\"");
        assertThat(authorize.at("/authorizer/result").textValue())
                .contains("\"team\":\"tea\"", "\"refreshToken\":\"***\"");
        assertThat(authorize.at("/caller").textValue()).isEqualTo("ada");
        assertThat(authorize.at("/policies/caller").textValue()).isEqualTo("ALLOW");
        assertThat(authorize.at("/policies/resource").isNull()).isTrue();
        assertThat(authorize.at("/context/refreshToken").textValue()).isEqualTo("***");
        JsonNode admit = step(trace, "admit");
        assertThat(admit.at("/apiKeyId").textValue()).isEqualTo("mobile");
        assertThat(admit.at("/usagePlanId").textValue()).isEqualTo("standard");
        assertThat(admit.at("/throttle/remaining").intValue()).isEqualTo(1);
        assertThat(admit.at("/quota/remaining").intValue()).isEqualTo(999);
        JsonNode mapped = step(trace, "mapRequest");
        assertThat(mapped.at("/template/name").textValue())
                .isEqualTo("orders POST /orders/{id}, request template application/json");
        assertThat(mapped.at("/template/input").textValue()).isEqualTo("{\"amount\": 3, \"password\": \"***\"}");
        assertThat(mapped.at("/template/output").textValue())
                .isEqualTo("{\"order\": \"7\", \"pw\": \"***\", \"by\": \"***\", \"amount\": 3}");
        assertThat(mapped.at("/overrides/header/X-Amz-Client-Context").textValue())
                .isEqualTo("e30=");
        JsonNode integrate = step(trace, "integrate");
        assertThat(integrate.at("/type").textValue()).isEqualTo("AWS");
        assertThat(integrate.at("/request/function").textValue()).endsWith(":stock");
        assertThat(integrate.at("/response/result").textValue()).isEqualTo("{\"left\": 41, \"sessionToken\": \"***\"}");
        JsonNode answer = step(trace, "mapResponse");
        assertThat(answer.at("/integrationResponse/statusCode").intValue()).isEqualTo(200);
        assertThat(answer.at("/template/output").textValue()).isEqualTo("{\"left\": 41}");
        assertThat(trace.at("/response/status").intValue()).isEqualTo(200);
        assertThat(trace.at("/response/body").textValue()).isEqualTo("{\"left\": 41}");
        assertThat(trace.has("refused")).isFalse();
        assertThat(trace.at("/shortened").booleanValue()).isFalse();
    }

    @Test
    void noSecretIsInIt() throws Exception {
        GatewayRequest request = request(
                "POST",
                "/dev/orders/7",
                "token=a-token-in-the-query&q=1",
                "{\"amount\": 3, \"password\": \"open-sesame\"}",
                demand("answer", NOW, "POST", "/dev/orders/7?token=a-token-in-the-query&q=1", KEY),
                "X-Who",
                "who-is-ada",
                "x-api-key",
                API_KEY,
                "Authorization",
                "Basic YWRhOm9wZW4tc2VzYW1lLXRvbw==",
                "Cookie",
                "a=1; session=the-session-of-ada");

        GatewayResponse answer = serve(request);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(text(body(answer)))
                .contains("\"restApiId\":\"orders\"")
                .doesNotContain(
                        "who-is-ada",
                        API_KEY,
                        "open-sesame",
                        "YWRhOm",
                        "the-session-of-ada",
                        "a-token",
                        KEY,
                        demand("answer", NOW, "POST", "/dev/orders/7?token=a-token-in-the-query&q=1", KEY)
                                .substring(18));
    }

    @Test
    void theIntegrationResponseThatWasSelectedIsTold() throws Exception {
        JsonNode trace = answered(order("answer", "{\"amount\": 9}", "who-is-ada"));

        assertThat(step(trace, "integrate").at("/response/failed").booleanValue())
                .isTrue();
        assertThat(step(trace, "mapResponse")
                        .at("/integrationResponse/selectionPattern")
                        .textValue())
                .isEqualTo("SOLD_OUT.*");
        assertThat(trace.at("/response/status").intValue()).isEqualTo(409);
    }

    @Test
    void theStepThatRefusesIsTheLastAndSaysWhy() throws Exception {
        JsonNode trace = answered(order("answer", "{}", "who-is-eve"));

        assertThat(trace.at("/steps").findValuesAsText("step")).containsExactly("route", "authorize");
        assertThat(step(trace, "authorize").at("/policies/caller").textValue()).isEqualTo("EXPLICIT_DENY");
        assertThat(step(trace, "authorize").at("/refused/responseType").textValue())
                .isEqualTo("ACCESS_DENIED");
        assertThat(trace.at("/refused/status").intValue()).isEqualTo(403);
        assertThat(trace.at("/response/status").intValue()).isEqualTo(403);
        assertThat(trace.at("/response/body").textValue()).contains("explicit deny");
    }

    @Test
    void aLimitThatRefusesIsNamed() throws Exception {
        serve(order("keep", "{\"amount\": 3}", "who-is-ada"));
        serve(order("keep", "{\"amount\": 3}", "who-is-ada"));
        JsonNode trace = answered(order("answer", "{\"amount\": 3}", "who-is-ada"));

        assertThat(step(trace, "authorize").at("/authorizer/remembered").booleanValue())
                .isTrue();
        assertThat(step(trace, "admit").at("/refused/remark").textValue())
                .isEqualTo("Refused by: Usage Plan standard, API Key Id mobile, for the key");
        assertThat(trace.at("/response/status").intValue()).isEqualTo(429);
    }

    @Test
    void aTemplateThatFailsShowsItsInput() throws Exception {
        JsonNode trace = answered(get("answer", "/dev/broken", null));

        assertThat(step(trace, "mapResponse").at("/template/output").isNull()).isTrue();
        assertThat(step(trace, "mapResponse").at("/refused/detail").textValue()).contains("line 1");
        assertThat(trace.at("/response/status").intValue()).isEqualTo(500);
    }

    @Test
    void whatIsNotThereIsRefusedInItsFirstStep() throws Exception {
        JsonNode trace = answered(get("answer", "/dev/nothing", null));

        assertThat(trace.at("/steps").findValuesAsText("step")).containsExactly("route");
        assertThat(trace.at("/response/status").intValue()).isEqualTo(403);
    }

    @Test
    void anUnreadableQueryHasNoSteps() throws Exception {
        JsonNode trace = answered(get("answer", "/dev/echo", "q=%zz"));

        assertThat(trace.at("/steps")).isEmpty();
        assertThat(trace.at("/refused/status").intValue()).isEqualTo(400);
    }

    @Test
    void aKeptTraceLeavesTheAnswerAsItIsAndNamesItself() throws Exception {
        GatewayResponse answer = serve(get("keep", "/dev/echo", "q=1"));

        assertThat(text(body(answer))).isEqualTo("{\"demand\": \"\", \"q\": \"1\"}");
        String id = answer.headers().first("x-gatehouse-trace");
        assertThat(id).isEqualTo(answer.headers().first("x-amzn-RequestId"));
        Optional<Trace> kept = gateway.traces().find("orders", "dev", id);
        assertThat(kept).isPresent();
        assertThat(kept.get().httpMethod() + " " + kept.get().path() + " "
                        + kept.get().status())
                .isEqualTo("GET /echo 200");
        assertThat(JSON.readTree(kept.get().document()).at("/id").textValue()).isEqualTo(id);
        assertThat(gateway.traces().find("orders", "prod", id)).isEmpty();
        assertThat(gateway.traces().find("orders", "dev", "another")).isEmpty();
    }

    /** Method, delivery, age in seconds, key, target and header of a demand that is wrong in one of them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/dev/echo|answer",
                "/dev/echo|keep 1795341600",
                "/dev/echo|sign: keep,0,POST,/dev/echo?q=1,KEY",
                "/dev/echo|sign: keep,0,GET,/dev/echo?q=2,KEY",
                "/dev/echo|sign: keep,0,GET,/dev/echo,KEY",
                "/dev/echo|sign: keep,0,GET,/dev/echo?q=1,KEY2",
                "/dev/echo|sign: keep,61,GET,/dev/echo?q=1,KEY",
                "/dev/echo|sign: keep,-31,GET,/dev/echo?q=1,KEY",
                "/dev/echo|sign: other,0,GET,/dev/echo?q=1,KEY",
                "/dev/echo|upper: keep,0,GET,/dev/echo?q=1,KEY",
                "/dev/echo|twice: keep,0,GET,/dev/echo?q=1,KEY",
                "/dev/echo|swap: keep,0,GET,/dev/echo?q=1,KEY",
                "/prod/echo|sign: keep,0,GET,/prod/echo?q=1,KEY"
            })
    void aDemandThatIsNotValidIsAsIfItWereNotThere(String demand) throws Exception {
        String path = demand.substring(0, demand.indexOf('|'));
        List<String> headers = new ArrayList<>();
        for (String value : values(demand.substring(demand.indexOf('|') + 1))) {
            headers.add("x-gatehouse-trace");
            headers.add(value);
        }
        GatewayResponse plain = serve(request("GET", path, "q=1", "", null));
        GatewayResponse answer = serve(request("GET", path, "q=1", "", null, headers.toArray(String[]::new)));

        assertThat(answer.status()).isEqualTo(plain.status());
        assertThat(text(body(answer))).isEqualTo(text(body(plain))).contains("\"demand\": \"\"");
        assertThat(names(answer)).isEqualTo(names(plain));
        assertThat(gateway.traces().list("orders", "dev")).isEmpty();
        assertThat(gateway.traces().list("orders", "prod")).isEmpty();
    }

    private static List<String> values(String recipe) throws Exception {
        int colon = recipe.indexOf(": ");
        if (colon < 0) {
            return List.of(recipe);
        }
        String[] parts = recipe.substring(colon + 2).split(",");
        String value = demand(
                parts[0], NOW - Long.parseLong(parts[1]), parts[2], parts[3], parts[4].equals("KEY") ? KEY : KEY + "2");
        return switch (recipe.substring(0, colon)) {
            case "upper" -> List.of(value.substring(0, 16) + value.substring(16).toUpperCase(java.util.Locale.ROOT));
            case "twice" -> List.of(value, value);
            case "swap" -> List.of(value.replace("keep", "answer"));
            default -> List.of(value);
        };
    }

    @ParameterizedTest
    @ValueSource(longs = {60, 0, -30})
    void aDemandIsValidForAWhile(long age) throws Exception {
        String demand = demand("keep", NOW - age, "GET", "/dev/echo?q=1", KEY);

        assertThat(serve(request("GET", "/dev/echo", "q=1", "", demand))
                        .headers()
                        .contains("x-gatehouse-trace"))
                .isTrue();
    }

    @Test
    void theTargetIsTheOneThatTheClientSent() throws Exception {
        GatewayRequest request = new GatewayRequest(
                "GET",
                "localhost",
                "/dev/echo",
                null,
                Headers.of("x-gatehouse-trace", demand("keep", NOW, "GET", "/shop/api/dev/echo", KEY)),
                new GatewayRequest.Client("127.0.0.1", "HTTP/1.1", "http", 80),
                Payload.NONE,
                application,
                new GatewayRequest.Sent("GET", "/shop/api/dev/echo"));

        assertThat(serve(request).headers().contains("x-gatehouse-trace")).isTrue();
    }

    @Test
    void theApplicationSeesNoDemandAndAnswersItself() throws Exception {
        GatewayResponse answer = serve(get("answer", "/dev/files", null));

        assertThat(application.seen.contains("x-gatehouse-trace")).isFalse();
        assertThat(application.head.first("x-gatehouse-trace")).isNotBlank();
        assertThat(answer.body()).isInstanceOf(GatewayResponse.Body.Sent.class);
        JsonNode trace =
                JSON.readTree(gateway.traces().list("orders", "dev").get(0).document());
        assertThat(step(trace, "integrate").at("/type").textValue()).isEqualTo("APPLICATION_PROXY");
        assertThat(trace.at("/response/sentByApplication").booleanValue()).isTrue();
    }

    @Test
    void whatIsWaitedForCounts() throws Exception {
        CompletionStage<GatewayResponse> answer = gateway.serve(get("answer", "/dev/later", null));
        assertThat(answer.toCompletableFuture()).isNotDone();
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < 2_000_000) {
            Thread.onSpinWait();
        }
        application.reply.complete(new BackendReply(
                200, Headers.of("Set-Cookie", "session=the-session-of-ada"), "tea".getBytes(StandardCharsets.UTF_8)));

        JsonNode trace = JSON.readTree(body(answer.toCompletableFuture().get(10, TimeUnit.SECONDS)));
        assertThat(step(trace, "integrate").at("/microseconds").asDouble()).isGreaterThan(2000);
        assertThat(step(trace, "integrate").at("/response/body").textValue()).isEqualTo("tea");
        assertThat(step(trace, "integrate").at("/response/headers/Set-Cookie/0").textValue())
                .isEqualTo("***");
    }

    @Test
    void aTraceHasABoundAndSaysWhereItWasCut() throws Exception {
        GatewayResponse answer =
                serve(order("answer", "{\"amount\": 3, \"x\": \"" + "y".repeat(3_000_000) + "\"}", "who-is-ada"));

        JsonNode trace = JSON.readTree(body(answer));
        assertThat(body(answer).length).isLessThan(200_000);
        assertThat(trace.at("/shortened").booleanValue()).isTrue();
        assertThat(step(trace, "receive").at("/bytes").intValue()).isGreaterThan(3_000_000);
        assertThat(step(trace, "receive").at("/body").textValue())
                .hasSizeLessThan(8_300)
                .endsWith("yyy [cut: there are 3000022 bytes]");
    }

    @Test
    void onlyTheLatestTracesAreKept() throws Exception {
        GatewayResponse first = serve(get("keep", "/dev/echo", "q=1"));
        for (int i = 0; i < 64; i++) {
            serve(get("keep", "/dev/echo", "q=1"));
        }

        assertThat(gateway.traces().list("orders", "dev")).hasSize(64);
        assertThat(gateway.traces().find("orders", "dev", first.headers().first("x-gatehouse-trace")))
                .isEmpty();
    }

    @Test
    void theControlPlaneTellsOfTracesToWhomItLetsIn() throws Exception {
        try (Gatehouse managed = builder()
                .controlPlane(new InMemoryStore(), (request, tags) -> new Caller("somebody", "us-east-1"))
                .build()) {
            String first = managed.serve(get("keep", "/dev/echo", "q=1"))
                    .toCompletableFuture()
                    .join()
                    .headers()
                    .first("x-gatehouse-trace");
            managed.serve(get("keep", "/dev/nothing", null))
                    .toCompletableFuture()
                    .join();

            JsonNode list = JSON.readTree(control(managed, "/gatehouse/restapis/orders/stages/dev/traces")
                    .body());
            assertThat(list.at("/item/1/id").textValue()).isEqualTo(first);
            assertThat(list.at("/item/1/httpMethod").textValue()).isEqualTo("GET");
            assertThat(list.at("/item/1/resourcePath").textValue()).isEqualTo("/echo");
            assertThat(list.at("/item/1/status").intValue()).isEqualTo(200);
            assertThat(list.at("/item/0/resourcePath").isNull()).isTrue();
            assertThat(list.at("/item/0/status").intValue()).isEqualTo(403);
            JsonNode one = JSON.readTree(control(managed, "/gatehouse/restapis/orders/stages/dev/traces/" + first)
                    .body());
            assertThat(one.at("/response/body").textValue()).contains("\"q\": \"1\"");
            for (String path : List.of(
                    "/gatehouse/restapis/orders/stages/prod/traces/" + first,
                    "/gatehouse/restapis/orders/stages/none/traces/" + first,
                    "/gatehouse/restapis/none/stages/dev/traces/" + first,
                    "/gatehouse/restapis/orders/stages/dev/traces/none")) {
                assertThat(control(managed, path).status()).as(path).isEqualTo(404);
            }
        }
    }

    private static ControlResponse control(Gatehouse managed, String path) {
        return managed.controlPlane()
                .orElseThrow()
                .answer(new ControlRequest("GET", path, path, null, Headers.EMPTY, new byte[0], "127.0.0.1", false));
    }

    // ---- calls

    private static GatewayRequest order(String delivery, String body, String who) throws Exception {
        return request(
                "POST",
                "/dev/orders/7",
                null,
                body,
                demand(delivery, NOW, "POST", "/dev/orders/7", KEY),
                "X-Who",
                who,
                "x-api-key",
                API_KEY,
                "Content-Type",
                "application/json");
    }

    private GatewayRequest get(String delivery, String path, String query) throws Exception {
        GatewayRequest request = request(
                "GET", path, query, "", demand(delivery, NOW, "GET", path + (query == null ? "" : "?" + query), KEY));
        return new GatewayRequest(
                request.method(),
                request.host(),
                request.path(),
                request.query(),
                request.headers(),
                request.client(),
                request.payload(),
                application);
    }

    private static GatewayRequest request(
            String method, String path, String query, String body, String demand, String... headers) {
        Headers.Builder all = Headers.of(headers).toBuilder();
        if (demand != null) {
            all.add("X-Gatehouse-Trace", demand);
        }
        return new GatewayRequest(
                method,
                "localhost",
                path,
                query,
                all.build(),
                new GatewayRequest.Client("127.0.0.1", "HTTP/1.1", "http", 80),
                Payload.of(body.getBytes(StandardCharsets.UTF_8)),
                Downstream.NONE);
    }

    private static String demand(String delivery, long time, String method, String target, String key)
            throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        byte[] signature = mac.doFinal(String.join("\n", "gatehouse-trace", delivery, "" + time, method, target)
                .getBytes(StandardCharsets.UTF_8));
        return delivery + " " + time + " " + HexFormat.of().formatHex(signature);
    }

    private GatewayResponse serve(GatewayRequest request) throws Exception {
        return gateway.serve(request).toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private JsonNode answered(GatewayRequest request) throws Exception {
        GatewayResponse answer = serve(request);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers().first("Content-Type")).isEqualTo("application/json");
        assertThat(answer.headers().first("x-gatehouse-trace"))
                .isEqualTo(answer.headers().first("x-amzn-RequestId"));
        return JSON.readTree(body(answer));
    }

    private static JsonNode step(JsonNode trace, String name) {
        for (JsonNode step : trace.get("steps")) {
            if (step.get("step").textValue().equals(name)) {
                return step;
            }
        }
        throw new AssertionError("no step " + name + " in " + trace);
    }

    private static List<String> names(GatewayResponse response) {
        List<String> names = new ArrayList<>();
        response.headers().forEach((name, value) -> names.add(name));
        return names;
    }

    private static byte[] body(GatewayResponse response) {
        return ((GatewayResponse.Body.Bytes) response.body()).bytes();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Writes its answer itself, or answers later. */
    private static final class Application implements Downstream {

        final CompletableFuture<BackendReply> reply = new CompletableFuture<>();
        Headers seen;
        Headers head;

        @Override
        public CompletionStage<GatewayResponse> stream(
                GatewayContext context, BackendRequest call, UnaryOperator<Headers> shape) {
            seen = call.headers();
            head = shape.apply(Headers.EMPTY);
            return CompletableFuture.completedFuture(new GatewayResponse(200, head, new GatewayResponse.Body.Sent(3)));
        }

        @Override
        public CompletionStage<BackendReply> exchange(GatewayContext context, BackendRequest call) {
            return reply;
        }

        @Override
        public CompletionStage<GatewayResponse> pass() {
            throw new AssertionError("every stage knows what it serves");
        }
    }
}
