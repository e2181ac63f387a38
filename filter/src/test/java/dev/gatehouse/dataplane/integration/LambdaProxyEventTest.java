package dev.gatehouse.dataplane.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.engine.expression.CallContext;
import dev.gatehouse.engine.expression.Overrides;
import dev.gatehouse.http.Headers;
import dev.gatehouse.http.QueryString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LambdaProxyEventTest {

    private static final ObjectMapper MAPPER =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private Headers headers = Headers.EMPTY;
    private QueryString query = QueryString.EMPTY;
    private Map<String, String> pathParameters = Map.of();
    private Map<String, String> stageVariables = Map.of();
    private Map<String, Object> authorizer;
    private String userAgent;
    private byte[] body = new byte[0];
    private boolean binary;

    @Test
    void everyKeyIsThereInTheRecordedOrder() {
        assertThat(text())
                .isEqualTo("{\"resource\":\"/{proxy+}\",\"path\":\"/proxy-value\",\"httpMethod\":\"GET\","
                        + "\"headers\":null,\"multiValueHeaders\":null,"
                        + "\"queryStringParameters\":null,\"multiValueQueryStringParameters\":null,"
                        + "\"pathParameters\":null,\"stageVariables\":null,"
                        + "\"requestContext\":{\"resourceId\":\"abc123\",\"resourcePath\":\"/{proxy+}\","
                        + "\"httpMethod\":\"GET\",\"extendedRequestId\":\"ext=\","
                        + "\"requestTime\":\"03/Feb/2026:04:05:06 +0000\",\"path\":\"/test/proxy-value\","
                        + "\"accountId\":\"123456789012\",\"protocol\":\"HTTP/1.1\",\"stage\":\"test\","
                        + "\"domainPrefix\":\"a1b2c3\",\"requestTimeEpoch\":1770091506789,"
                        + "\"requestId\":\"11111111-2222-3333-4444-555555555555\","
                        + "\"identity\":{\"cognitoIdentityPoolId\":null,\"accountId\":null,\"cognitoIdentityId\":null,"
                        + "\"caller\":null,\"sourceIp\":\"10.0.0.1\",\"principalOrgId\":null,\"accessKey\":null,"
                        + "\"cognitoAuthenticationType\":null,\"cognitoAuthenticationProvider\":null,\"userArn\":null,"
                        + "\"userAgent\":null,\"user\":null},"
                        + "\"domainName\":\"a1b2c3.execute-api.eu-central-1.amazonaws.com\","
                        + "\"deploymentId\":\"dep1\",\"apiId\":\"a1b2c3\"},"
                        + "\"body\":null,\"isBase64Encoded\":false}");
    }

    @Test
    void headersKeepTheirSpellingButForTwo() {
        headers = Headers.of(
                "tEsT-HEADeR", "1", "authorization", "secret", "USER-agent", "curl", "x-a", "first", "X-A", "second");

        JsonNode event = event();

        assertThat(event.path("headers"))
                .hasToString("{\"tEsT-HEADeR\":\"1\",\"Authorization\":\"secret\",\"User-Agent\":\"curl\","
                        + "\"x-a\":\"second\"}");
        assertThat(event.path("multiValueHeaders"))
                .hasToString("{\"tEsT-HEADeR\":[\"1\"],\"Authorization\":[\"secret\"],\"User-Agent\":[\"curl\"],"
                        + "\"x-a\":[\"first\",\"second\"]}");
    }

    @Test
    void lastValueOfAParameterIsTheSingleOne() {
        query = QueryString.parse("a=x&b=&a=y%2Bz&A=other");

        JsonNode event = event();

        assertThat(event.path("queryStringParameters")).hasToString("{\"a\":\"y+z\",\"b\":\"\",\"A\":\"other\"}");
        assertThat(event.path("multiValueQueryStringParameters"))
                .hasToString("{\"a\":[\"x\",\"y+z\"],\"b\":[\"\"],\"A\":[\"other\"]}");
    }

    @Test
    void pathParametersAndStageVariablesAreObjects() {
        pathParameters = Map.of("proxy", "a%2Bb");
        stageVariables = Map.of("v", "1");

        assertThat(event().path("pathParameters")).hasToString("{\"proxy\":\"a%2Bb\"}");
        assertThat(event().path("stageVariables")).hasToString("{\"v\":\"1\"}");
    }

    @Test
    void userAgentOfTheContextIsShown() {
        userAgent = "curl/8";

        assertThat(event().path("requestContext")
                        .path("identity")
                        .path("userAgent")
                        .asText())
                .isEqualTo("curl/8");
    }

    @Test
    void authorizerIsThereOnlyWhereOneRan() {
        assertThat(event().path("requestContext").has("authorizer")).isFalse();

        authorizer = new LinkedHashMap<>();
        authorizer.put("principalId", "user");
        authorizer.put("claims", Map.of("sub", "1"));
        authorizer.put("scopes", List.of("a", "b"));
        authorizer.put("integrationLatency", 12);
        authorizer.put("nothing", null);

        assertThat(event().path("requestContext").path("authorizer"))
                .hasToString("{\"principalId\":\"user\",\"claims\":{\"sub\":\"1\"},\"scopes\":[\"a\",\"b\"],"
                        + "\"integrationLatency\":12,\"nothing\":null}");
    }

    @Test
    void textBodyIsText() {
        body = "{\"a\":\"\u00e4\"}\n".getBytes(StandardCharsets.UTF_8);

        assertThat(event().path("body").asText()).isEqualTo("{\"a\":\"\u00e4\"}\n");
        assertThat(event().path("isBase64Encoded").asBoolean()).isFalse();
    }

    @Test
    void bytesThatAreNoUtf8AreReplacedInText() {
        body = new byte[] {'a', (byte) 0xff, 'b'};

        assertThat(event().path("body").asText()).isEqualTo("a\ufffdb");
    }

    @Test
    void binaryBodyIsBase64OnOneLine() {
        body = new byte[200];
        binary = true;

        assertThat(event().path("body").asText()).isEqualTo(Base64.getEncoder().encodeToString(new byte[200]));
        assertThat(event().path("isBase64Encoded").asBoolean()).isTrue();
    }

    @Test
    void noBodyIsNullEvenWhereItWouldBeBinary() {
        binary = true;

        assertThat(event().path("body").isNull()).isTrue();
        assertThat(event().path("isBase64Encoded").asBoolean()).isFalse();
    }

    @Test
    void eventClassOfAmazonUnderstandsIt() throws Exception {
        headers = Headers.of("Host", "h");
        authorizer = Map.of("principalId", "user");

        APIGatewayProxyRequestEvent event = MAPPER.readValue(write(), APIGatewayProxyRequestEvent.class);

        assertThat(event.getHeaders()).containsEntry("Host", "h");
        assertThat(event.getRequestContext().getAuthorizer()).containsEntry("principalId", "user");
        assertThat(event.getRequestContext().getIdentity().getSourceIp()).isEqualTo("10.0.0.1");
        assertThat(event.getRequestContext().getStage()).isEqualTo("test");
        assertThat(event.getIsBase64Encoded()).isFalse();
    }

    private JsonNode event() {
        try {
            return MAPPER.readTree(write());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String text() {
        return new String(write(), StandardCharsets.UTF_8);
    }

    private byte[] write() {
        CallContext.Call call = new CallContext.Call(
                "11111111-2222-3333-4444-555555555555",
                "ext=",
                Instant.parse("2026-02-03T04:05:06.789Z"),
                "GET",
                "/test/proxy-value",
                "HTTP/1.1",
                "a1b2c3.execute-api.eu-central-1.amazonaws.com",
                "123456789012",
                "a1b2c3",
                "test",
                "dep1",
                null);
        CallContext context = new CallContext(
                call,
                new CallContext.Identity("10.0.0.1", userAgent),
                new CallContext.Resource("abc123", "/{proxy+}"),
                authorizer,
                null,
                new Overrides());
        return LambdaProxyEvent.write(
                new ProxyCall("/proxy-value", headers, query, pathParameters, stageVariables, context, body, binary));
    }
}
