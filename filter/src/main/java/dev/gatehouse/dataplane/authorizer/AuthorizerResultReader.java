package dev.gatehouse.dataplane.authorizer;

import dev.gatehouse.engine.json.Json;
import dev.gatehouse.engine.json.JsonLimits;
import dev.gatehouse.engine.json.JsonObject;
import dev.gatehouse.engine.json.JsonReader;
import dev.gatehouse.engine.json.MalformedJsonException;
import dev.gatehouse.engine.policy.Policy;
import dev.gatehouse.engine.policy.PolicyReading;
import dev.gatehouse.engine.policy.PolicyRules;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads what a Lambda authorizer returned. Whatever is not exactly as the API Gateway developer guide ("Output from an API
 * Gateway Lambda authorizer") says is an authorizer that does not work, and nobody's permission.
 */
final class AuthorizerResultReader {

    /** Policy and context, each about 8 KB at API Gateway, and the rest. */
    private static final int LONGEST = 32 * 1024;

    private static final Set<String> MEMBERS = Set.of("principalId", "policyDocument", "context", "usageIdentifierKey");
    private static final JsonReader JSON = JsonReader.ofUniqueNames(new JsonLimits(32, 1_000, 1_000, LONGEST));

    private AuthorizerResultReader() {}

    /** @throws InvalidResultException in Amazon's words where they are known; the message shows no value */
    static AuthorizerResult read(byte[] output) throws InvalidResultException {
        if (output.length > LONGEST) {
            throw new InvalidResultException("it has more than " + LONGEST + " bytes");
        }
        JsonObject result = object(output);
        for (String name : result.keySet()) {
            if (!MEMBERS.contains(name)) {
                throw new InvalidResultException("Unrecognized field \"" + name + "\", not marked as ignorable");
            }
        }
        String principal = text(result, "principalId");
        if (principal == null || principal.isEmpty()) {
            throw new InvalidResultException("principalId is missing");
        }
        if (!(result.get("policyDocument") instanceof JsonObject document)) {
            throw new InvalidResultException("policyDocument is missing");
        }
        String policyText = Json.write(document);
        return new AuthorizerResult(
                principal,
                policy(policyText),
                policyText,
                context(result.get("context")),
                text(result, "usageIdentifierKey"),
                output.length);
    }

    private static JsonObject object(byte[] output) throws InvalidResultException {
        try {
            if (JSON.parse(output) instanceof JsonObject object) {
                return object;
            }
            throw new InvalidResultException("it is no JSON object");
        } catch (MalformedJsonException e) {
            throw new InvalidResultException(e.getMessage());
        }
    }

    private static Policy policy(String text) throws InvalidResultException {
        PolicyReading reading = Policy.compile(text, PolicyRules.IDENTITY);
        if (reading.policy().isEmpty()) {
            throw new InvalidResultException(
                    "Could not parse policy: " + reading.problems().get(0));
        }
        return reading.policy().get();
    }

    /** Texts, numbers and booleans, all of which become texts; anything else has no place in a context. */
    private static Map<String, String> context(Object value) throws InvalidResultException {
        if (value == null) {
            return Map.of();
        }
        if (!(value instanceof JsonObject members)) {
            throw new InvalidResultException("context is no object");
        }
        Map<String, String> context = new LinkedHashMap<>();
        for (Map.Entry<String, Object> member : members.entrySet()) {
            Object fact = member.getValue();
            if (fact == null || fact instanceof Map || fact instanceof List) {
                throw new InvalidResultException("context has a value that is no string, number or boolean");
            }
            context.put(member.getKey(), fact.toString());
        }
        return context;
    }

    /** @return null where it is absent */
    private static String text(JsonObject result, String name) throws InvalidResultException {
        Object value = result.get(name);
        if (value != null && !(value instanceof String)) {
            throw new InvalidResultException(name + " is no string");
        }
        return (String) value;
    }

    /** Expected of other people's functions, so it is checked and carries no stack trace. */
    static final class InvalidResultException extends Exception {
        InvalidResultException(String message) {
            super(message, null, false, false);
        }
    }
}
