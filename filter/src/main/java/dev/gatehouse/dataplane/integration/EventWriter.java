package dev.gatehouse.dataplane.integration;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.gatehouse.engine.expression.CallContext;
import dev.gatehouse.http.Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the events of functions have in common: keys and their order as recorded from API Gateway. */
final class EventWriter {

    private static final JsonFactory JSON = new JsonFactory();
    /** Where an event is written; exceptions of memory do not happen. */
    @FunctionalInterface
    interface Content {
        void write(EventWriter event, JsonGenerator json) throws IOException;
    }

    private final JsonGenerator json;
    private final boolean ofProxy;

    private EventWriter(JsonGenerator json, boolean ofProxy) {
        this.json = json;
        this.ofProxy = ofProxy;
    }

    /**
     * @param size about how many bytes it will be
     * @param ofProxy proxies are told of the deployment, and of a map with nothing in it by null; authorizers by an empty object
     * @return JSON in UTF-8
     */
    static byte[] write(int size, boolean ofProxy, Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(size);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            content.write(new EventWriter(json, ofProxy), json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The request, but for its body. */
    void writeRequest(ProxyCall call) throws IOException {
        CallContext context = call.context();
        Map<String, List<String>> headers = respelled(call.headers());
        Map<String, List<String>> query = call.query().toMultiMap();
        json.writeStringField("resource", context.resource().path());
        json.writeStringField("path", call.path());
        json.writeStringField("httpMethod", context.call().httpMethod());
        writeLast("headers", headers);
        writeAll("multiValueHeaders", headers);
        writeLast("queryStringParameters", query);
        writeAll("multiValueQueryStringParameters", query);
        writeMap("pathParameters", call.pathParameters());
        writeMap("stageVariables", call.stageVariables());
        writeContext(context);
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

    private void writeContext(CallContext context) throws IOException {
        CallContext.Call call = context.call();
        json.writeObjectFieldStart("requestContext");
        json.writeStringField("resourceId", context.resource().id());
        if (context.authorizer() != null) {
            json.writeFieldName("authorizer");
            writeTree(context.authorizer());
        }
        json.writeStringField("resourcePath", context.resource().path());
        json.writeStringField("httpMethod", call.httpMethod());
        json.writeStringField("extendedRequestId", call.extendedRequestId());
        json.writeStringField("requestTime", call.formattedRequestTime());
        json.writeStringField("path", call.path());
        json.writeStringField("accountId", call.accountId());
        json.writeStringField("protocol", call.protocol());
        json.writeStringField("stage", call.stage());
        json.writeStringField("domainPrefix", call.domainPrefix());
        json.writeNumberField("requestTimeEpoch", call.requestTime().toEpochMilli());
        json.writeStringField("requestId", call.requestId());
        writeIdentity(context.identity());
        json.writeStringField("domainName", call.domainName());
        if (ofProxy) {
            json.writeStringField("deploymentId", call.deploymentId());
        }
        json.writeStringField("apiId", call.apiId());
        json.writeEndObject();
    }

    private void writeIdentity(CallContext.Identity identity) throws IOException {
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

    private void writeLast(String field, Map<String, List<String>> values) throws IOException {
        if (start(field, values)) {
            for (Map.Entry<String, List<String>> entry : values.entrySet()) {
                List<String> all = entry.getValue();
                json.writeStringField(entry.getKey(), all.get(all.size() - 1));
            }
            json.writeEndObject();
        }
    }

    private void writeAll(String field, Map<String, List<String>> values) throws IOException {
        if (start(field, values)) {
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

    private void writeMap(String field, Map<String, String> values) throws IOException {
        if (start(field, values)) {
            for (Map.Entry<String, String> entry : values.entrySet()) {
                json.writeStringField(entry.getKey(), entry.getValue());
            }
            json.writeEndObject();
        }
    }

    /** @return whether there is an object to go on with */
    private boolean start(String field, Map<String, ?> values) throws IOException {
        if (values.isEmpty()) {
            if (ofProxy) {
                json.writeNullField(field);
            } else {
                json.writeObjectFieldStart(field);
                json.writeEndObject();
            }
            return false;
        }
        json.writeObjectFieldStart(field);
        return true;
    }

    private void writeTree(Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                json.writeFieldName(String.valueOf(entry.getKey()));
                writeTree(entry.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            for (Object item : list) {
                writeTree(item);
            }
            json.writeEndArray();
        } else {
            json.writePOJO(value);
        }
    }
}
