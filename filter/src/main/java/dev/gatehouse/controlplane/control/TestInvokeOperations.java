package dev.gatehouse.controlplane.control;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.http.HeaderLine;
import dev.gatehouse.http.Headers;
import java.util.List;
import java.util.Map;

/** Test invocations, of methods as they are now. Their own status is 200, whatever the method says. */
final class TestInvokeOperations {

    static final List<Operation> ALL = List.of(
            Operation.of("TestInvokeMethod", "POST", Methods.PATH, 200, TestInvokeOperations::method),
            Operation.of(
                    "TestInvokeAuthorizer", "POST", AuthorizerOperations.ONE, 200, TestInvokeOperations::authorizer));

    private TestInvokeOperations() {}

    private static Answer method(Call call) {
        Members body = call.body("testInvokeMethodInput");
        String target = body.string("pathWithQueryString");
        String payload = body.string("body");
        Headers headers = headers(body.stringMap("headers"), body.stringsMap("multiValueHeaders"));
        String certificate = body.string("clientCertificateId");
        Map<String, String> variables = body.stringMap("stageVariables");
        MethodTrial trial = call.read(reading -> {
            Methods place = Methods.invoked(reading, call);
            if (certificate != null) {
                ClientCertificateOperations.checkKnown(reading, certificate);
            }
            StageRules.checkVariables(variables == null ? Map.of() : variables);
            return new MethodTrial(
                    place.api(),
                    place.resource().id(),
                    place.verb(),
                    target,
                    headers,
                    payload,
                    certificate,
                    variables == null ? Map.of() : variables);
        });
        return Answer.json(shape(call.test(trial)));
    }

    private static Answer authorizer(Call call) {
        Members body = call.body("testInvokeAuthorizerInput");
        String target = body.string("pathWithQueryString");
        // an authorizer is told of no body
        body.string("body");
        Headers headers = headers(body.stringMap("headers"), body.stringsMap("multiValueHeaders"));
        Map<String, String> variables = body.stringMap("stageVariables");
        Map<String, String> context = body.stringMap("additionalContext");
        if (context != null && !context.isEmpty()) {
            throw ControlError.badRequest(
                    "additionalContext is not supported: the call has the context of a test" + " invocation");
        }
        AuthorizerTrial trial = call.read(reading -> {
            AuthorizerOperations.Place place = AuthorizerOperations.find(reading, call);
            StageRules.checkVariables(variables == null ? Map.of() : variables);
            return new AuthorizerTrial(
                    place.api(), place.authorizer(), target, headers, variables == null ? Map.of() : variables);
        });
        return Answer.json(shape(call.test(trial)));
    }

    private static ObjectNode shape(AuthorizerTrial.Result result) {
        ObjectNode shape = Documents.object();
        shape.put("clientStatus", result.clientStatus());
        shape.put("log", result.log());
        shape.put("latency", result.latencyMillis());
        if (result.principalId() != null) {
            shape.put("principalId", result.principalId());
        }
        if (result.policy() != null) {
            shape.put("policy", result.policy());
        }
        ObjectNode authorization = shape.putObject("authorization");
        result.context().forEach((name, value) -> authorization.putArray(name).add(value));
        ObjectNode claims = shape.putObject("claims");
        result.claims().forEach(claims::put);
        return shape;
    }

    /** What {@code multiValueHeaders} says of a name replaces what {@code headers} says. */
    private static Headers headers(Map<String, String> single, Map<String, List<String>> multiple) {
        Headers.Builder headers = Headers.builder();
        if (single != null) {
            single.forEach((name, value) -> {
                boolean replaced =
                        multiple != null && multiple.keySet().stream().anyMatch(name::equalsIgnoreCase);
                if (!replaced && value != null) {
                    headers.add(name, checked(name, value));
                }
            });
        }
        if (multiple != null) {
            multiple.forEach((name, values) -> values.forEach(value -> headers.add(name, checked(name, value))));
        }
        return headers.build();
    }

    private static String checked(String name, String value) {
        if (!HeaderLine.valid(name, value)) {
            throw ControlError.badRequest("Invalid header specified: " + name);
        }
        return value;
    }

    private static ObjectNode shape(MethodTrial.Result result) {
        ObjectNode shape = Documents.object();
        shape.put("status", result.status());
        shape.put("body", result.body());
        ObjectNode headers = shape.putObject("headers");
        ObjectNode multiple = shape.putObject("multiValueHeaders");
        result.headers().forEach((name, value) -> {
            headers.put(name, value);
            ArrayNode values = multiple.withArrayProperty(name);
            values.add(value);
        });
        shape.put("log", result.log());
        shape.put("latency", result.latencyMillis());
        return shape;
    }
}
