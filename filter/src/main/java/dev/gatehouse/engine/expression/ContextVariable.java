package dev.gatehouse.engine.expression;

import dev.gatehouse.engine.expression.CallContext.ErrorFacts;
import dev.gatehouse.engine.json.Json;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One name below {@code $context}, resolved at deployment. Source: API Gateway developer guide, "$context variables".
 *
 * <p>Thread-safe. {@link #of} answers null where the call has no such fact, as a call without authorizer has no {@code
 * authorizer.principalId}.
 */
public final class ContextVariable {

    private static final Map<String, Function<CallContext, String>> KNOWN = Map.ofEntries(
            call("accountId", CallContext.Call::accountId),
            call("apiId", CallContext.Call::apiId),
            call("stage", CallContext.Call::stage),
            call("deploymentId", CallContext.Call::deploymentId),
            call("domainName", CallContext.Call::domainName),
            call("domainPrefix", CallContext.Call::domainPrefix),
            call("extendedRequestId", CallContext.Call::extendedRequestId),
            call("requestId", CallContext.Call::requestId),
            call("httpMethod", CallContext.Call::httpMethod),
            call("path", CallContext.Call::path),
            call("protocol", CallContext.Call::protocol),
            call(
                    "isCanaryRequest",
                    call -> call.isCanaryRequest() == null
                            ? null
                            : call.isCanaryRequest().toString()),
            call("requestTime", CallContext.Call::formattedRequestTime),
            call("requestTimeEpoch", call -> Long.toString(call.requestTime().toEpochMilli())),
            caller("accessKey", CallContext.Caller::accessKey),
            caller("accountId", CallContext.Caller::accountId),
            caller("caller", CallContext.Caller::caller),
            caller("principalOrgId", CallContext.Caller::principalOrgId),
            caller("user", CallContext.Caller::user),
            caller("userArn", CallContext.Caller::userArn),
            cognito("cognitoAuthenticationProvider", CallContext.Cognito::authenticationProvider),
            cognito("cognitoAuthenticationType", CallContext.Cognito::authenticationType),
            cognito("cognitoIdentityId", CallContext.Cognito::identityId),
            cognito("cognitoIdentityPoolId", CallContext.Cognito::identityPoolId),
            apiKey("apiKey", CallContext.ApiKey::value),
            apiKey("apiKeyId", CallContext.ApiKey::id),
            Map.entry("awsEndpointRequestId", CallContext::endpointRequestId),
            Map.entry("identity.sourceIp", context -> context.identity().sourceIp()),
            Map.entry("identity.userAgent", context -> context.identity().userAgent()),
            Map.entry(
                    "resourceId",
                    context -> context.resource() == null
                            ? null
                            : context.resource().id()),
            Map.entry(
                    "resourcePath",
                    context -> context.resource() == null
                            ? null
                            : context.resource().path()),
            error("error.message", ErrorFacts::message),
            error("error.messageString", facts -> quoted(facts.message())),
            error("error.responseType", ErrorFacts::responseType),
            error("error.validationErrorString", ErrorFacts::validationErrorString));

    /** Facts that Amazon defines and no call here can have yet: they are absent, as for an anonymous caller. */
    private static final Set<String> ABSENT = Set.of(
            "identity.vpcId",
            "identity.vpceId",
            "identity.clientCert.clientCertPem",
            "identity.clientCert.subjectDN",
            "identity.clientCert.issuerDN",
            "identity.clientCert.serialNumber",
            "identity.clientCert.validity.notBefore",
            "identity.clientCert.validity.notAfter",
            "wafResponseCode",
            "webaclArn");

    private final Function<CallContext, String> lookup;

    private ContextVariable(Function<CallContext, String> lookup) {
        this.lookup = lookup;
    }

    /** @return the variable, or empty where Amazon defines no such name */
    public static Optional<ContextVariable> named(String name) {
        if (KNOWN.containsKey(name)) {
            return Optional.of(new ContextVariable(KNOWN.get(name)));
        }
        if (ABSENT.contains(name)) {
            return Optional.of(new ContextVariable(context -> null));
        }
        if (name.startsWith("authorizer.")) {
            String key = name.substring("authorizer.".length());
            return Optional.of(new ContextVariable(context -> authorizerFact(context, key)));
        }
        return Optional.empty();
    }

    /** All but those of authorizers, which choose their own. */
    static Set<String> names() {
        Set<String> names = new HashSet<>(ABSENT);
        names.addAll(KNOWN.keySet());
        return names;
    }

    public String of(CallContext context) {
        return lookup.apply(context);
    }

    private static String authorizerFact(CallContext context, String dotted) {
        Object value = context.authorizer();
        for (String key : dotted.split("\\.")) {
            value = value instanceof Map<?, ?> map ? map.get(key) : null;
        }
        // $context.authorizer.claims alone says nothing
        return value == null || value instanceof Map ? null : value.toString();
    }

    private static Map.Entry<String, Function<CallContext, String>> call(
            String name, Function<CallContext.Call, String> fact) {
        return Map.entry(name, context -> fact.apply(context.call()));
    }

    private static Map.Entry<String, Function<CallContext, String>> caller(
            String name, Function<CallContext.Caller, String> fact) {
        return Map.entry(
                "identity." + name, context -> fact.apply(context.identity().caller()));
    }

    private static Map.Entry<String, Function<CallContext, String>> cognito(
            String name, Function<CallContext.Cognito, String> fact) {
        return caller(name, caller -> caller.cognito() == null ? null : fact.apply(caller.cognito()));
    }

    private static Map.Entry<String, Function<CallContext, String>> apiKey(
            String name, Function<CallContext.ApiKey, String> fact) {
        return Map.entry(
                "identity." + name,
                context -> context.identity().apiKey() == null
                        ? null
                        : fact.apply(context.identity().apiKey()));
    }

    private static Map.Entry<String, Function<CallContext, String>> error(
            String name, Function<ErrorFacts, String> fact) {
        return Map.entry(name, context -> context.error() == null ? null : fact.apply(context.error()));
    }

    /** The message as a JSON string with its quotes; a missing message is the JSON null. */
    private static String quoted(String message) {
        return message == null ? "null" : Json.write(message);
    }
}
