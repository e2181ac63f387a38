package dev.gatehouse.dataplane.integration;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.gatehouse.engine.expression.CallContext;
import dev.gatehouse.http.Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The event of a Lambda proxy integration, payload format 1.0: keys and their order as recorded from API Gateway. A map with
 * nothing in it is null.
 */
public final class LambdaProxyEvent {

    private static final JsonFactory JSON = new JsonFactory();
    private static final DateTimeFormatter REQUEST_TIME = DateTimeFormatter.ofPattern(
                    "dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private LambdaProxyEvent() {}

    /** @return JSON in UTF-8 */
    public static byte[] write(ProxyCall call) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(2048 + call.body().length);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            write(call, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(ProxyCall call, JsonGenerator json) throws IOException {
        CallContext context = call.context();
        Map<String, List<String>> headers = respelled(call.headers());
        Map<String, List<String>> query = call.query().toMultiMap();
        json.writeStartObject();
        json.writeStringField("resource", context.resource().path());
        json.writeStringField("path", call.path());
        json.writeStringField("httpMethod", context.call().httpMethod());
        writeLast(json, "headers", headers);
        writeAll(json, "multiValueHeaders", headers);
        writeLast(json, "queryStringParameters", query);
        writeAll(json, "multiValueQueryStringParameters", query);
        writeMap(json, "pathParameters", call.pathParameters());
        writeMap(json, "stageVariables", call.stageVariables());
        writeContext(json, context);
        writeBody(json, call);
        json.writeEndObject();
    }

    /** The client's spelling, but for the two names that were seen to be put right. */
    private static Map<String, List<String>> respelled(Headers headers) {
        Map<String, List<String>> map = new LinkedHashMap<>();
        headers.toMultiMap().forEach((name, values) -> map.put(respelled(name), values));
        return map;
    }

    private static String respelled(String name) {
        if (name.equalsIgnoreCase("Authorization")) {
            return "Authorization";
        }
        return name.equalsIgnoreCase("User-Agent") ? "User-Agent" : name;
    }

    private static void writeContext(JsonGenerator json, CallContext context) throws IOException {
        CallContext.Call call = context.call();
        json.writeObjectFieldStart("requestContext");
        json.writeStringField("resourceId", context.resource().id());
        if (context.authorizer() != null) {
            json.writeFieldName("authorizer");
            writeTree(json, context.authorizer());
        }
        json.writeStringField("resourcePath", context.resource().path());
        json.writeStringField("httpMethod", call.httpMethod());
        json.writeStringField("extendedRequestId", call.extendedRequestId());
        json.writeStringField("requestTime", REQUEST_TIME.format(call.requestTime()));
        json.writeStringField("path", call.path());
        json.writeStringField("accountId", call.accountId());
        json.writeStringField("protocol", call.protocol());
        json.writeStringField("stage", call.stage());
        json.writeStringField("domainPrefix", call.domainPrefix());
        json.writeNumberField("requestTimeEpoch", call.requestTime().toEpochMilli());
        json.writeStringField("requestId", call.requestId());
        writeIdentity(json, context.identity());
        json.writeStringField("domainName", call.domainName());
        json.writeStringField("deploymentId", call.deploymentId());
        json.writeStringField("apiId", call.apiId());
        json.writeEndObject();
    }

    private static void writeIdentity(JsonGenerator json, CallContext.Identity identity) throws IOException {
        CallContext.Caller caller = identity.caller();
        CallContext.Cognito cognito = caller.cognito();
        json.writeObjectFieldStart("identity");
        json.writeStringField("cognitoIdentityPoolId", cognito == null ? null : cognito.identityPoolId());
        json.writeStringField("accountId", caller.accountId());
        json.writeStringField("cognitoIdentityId", cognito == null ? null : cognito.identityId());
        json.writeStringField("caller", caller.caller());
        json.writeStringField("sourceIp", identity.sourceIp());
        json.writeStringField("principalOrgId", caller.principalOrgId());
        json.writeStringField("accessKey", caller.accessKey());
        json.writeStringField("cognitoAuthenticationType", cognito == null ? null : cognito.authenticationType());
        json.writeStringField(
                "cognitoAuthenticationProvider", cognito == null ? null : cognito.authenticationProvider());
        json.writeStringField("userArn", caller.userArn());
        json.writeStringField("userAgent", identity.userAgent());
        json.writeStringField("user", caller.user());
        if (identity.apiKey() != null) {
            json.writeStringField("apiKey", identity.apiKey().value());
            json.writeStringField("apiKeyId", identity.apiKey().id());
        }
        json.writeEndObject();
    }

    private static void writeBody(JsonGenerator json, ProxyCall call) throws IOException {
        boolean base64 = call.binary() && call.body().length > 0;
        json.writeFieldName("body");
        if (call.body().length == 0) {
            json.writeNull();
        } else if (base64) {
            json.writeBinary(call.body());
        } else {
            json.writeString(new String(call.body(), StandardCharsets.UTF_8));
        }
        json.writeBooleanField("isBase64Encoded", base64);
    }

    private static void writeLast(JsonGenerator json, String field, Map<String, List<String>> values)
            throws IOException {
        if (start(json, field, values)) {
            for (Map.Entry<String, List<String>> entry : values.entrySet()) {
                List<String> all = entry.getValue();
                json.writeStringField(entry.getKey(), all.get(all.size() - 1));
            }
            json.writeEndObject();
        }
    }

    private static void writeAll(JsonGenerator json, String field, Map<String, List<String>> values)
            throws IOException {
        if (start(json, field, values)) {
            for (Map.Entry<String, List<String>> entry : values.entrySet()) {
                json.writeArrayFieldStart(entry.getKey());
                for (String value : entry.getValue()) {
                    json.writeString(value);
                }
                json.writeEndArray();
            }
            json.writeEndObject();
        }
    }

    private static void writeMap(JsonGenerator json, String field, Map<String, String> values) throws IOException {
        if (start(json, field, values)) {
            for (Map.Entry<String, String> entry : values.entrySet()) {
                json.writeStringField(entry.getKey(), entry.getValue());
            }
            json.writeEndObject();
        }
    }

    /** @return whether there is an object to go on with */
    private static boolean start(JsonGenerator json, String field, Map<String, ?> values) throws IOException {
        if (values.isEmpty()) {
            json.writeNullField(field);
            return false;
        }
        json.writeObjectFieldStart(field);
        return true;
    }

    private static void writeTree(JsonGenerator json, Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                json.writeFieldName(String.valueOf(entry.getKey()));
                writeTree(json, entry.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            for (Object item : list) {
                writeTree(json, item);
            }
            json.writeEndArray();
        } else {
            json.writePOJO(value);
        }
    }
}
