package dev.gatehouse.engine.template;

import dev.gatehouse.engine.expression.CallContext;
import dev.gatehouse.engine.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code $context}, made when a template first looks at it. The order of the names is the one recorded on AWS. The overrides are
 * only touched when the template touches them, so that the flow can tell.
 */
final class ContextMap {

    private ContextMap() {}

    static Map<String, Object> of(CallContext context) {
        CallContext.Call call = context.call();
        CallContext.Resource resource = context.resource();
        Map<String, Object> map = new Lazy(context);
        map.put("resourceId", resource == null ? null : resource.id());
        map.put("resourcePath", resource == null ? null : resource.path());
        map.put("httpMethod", call.httpMethod());
        map.put("extendedRequestId", call.extendedRequestId());
        map.put("requestTime", null);
        map.put("path", call.path());
        map.put("accountId", call.accountId());
        map.put("protocol", call.protocol());
        map.put("requestOverride", null);
        map.put("stage", call.stage());
        map.put("domainPrefix", call.domainPrefix());
        map.put("requestTimeEpoch", call.requestTime().toEpochMilli());
        map.put("requestId", call.requestId());
        map.put("identity", null);
        map.put("domainName", call.domainName());
        map.put("deploymentId", call.deploymentId());
        map.put("responseOverride", null);
        map.put("apiId", call.apiId());
        if (call.isCanaryRequest() != null) {
            map.put("isCanaryRequest", call.isCanaryRequest());
        }
        if (context.authorizer() != null) {
            map.put("authorizer", new SilentMap(new TemplateMap(context.authorizer())));
        }
        if (context.endpointRequestId() != null) {
            map.put("awsEndpointRequestId", context.endpointRequestId());
        }
        if (context.error() != null) {
            map.put("error", new SilentMap(error(context.error())));
        }
        return map;
    }

    private static Map<String, Object> identity(CallContext.Identity known) {
        CallContext.Caller caller = known.caller();
        CallContext.Cognito cognito = caller.cognito();
        Map<String, Object> identity = new TemplateMap();
        identity.put("cognitoIdentityPoolId", cognito == null ? null : cognito.identityPoolId());
        identity.put("accountId", caller.accountId());
        identity.put("cognitoIdentityId", cognito == null ? null : cognito.identityId());
        identity.put("caller", caller.caller());
        identity.put("sourceIp", known.sourceIp());
        identity.put("principalOrgId", caller.principalOrgId());
        identity.put("accessKey", caller.accessKey());
        identity.put("cognitoAuthenticationType", cognito == null ? null : cognito.authenticationType());
        identity.put("cognitoAuthenticationProvider", cognito == null ? null : cognito.authenticationProvider());
        identity.put("userArn", caller.userArn());
        identity.put("userAgent", known.userAgent());
        identity.put("user", caller.user());
        if (known.apiKey() != null) {
            identity.put("apiKey", known.apiKey().value());
            identity.put("apiKeyId", known.apiKey().id());
        }
        return identity;
    }

    private static Map<String, Object> error(CallContext.ErrorFacts facts) {
        Map<String, Object> error = new TemplateMap();
        error.put("message", facts.message());
        error.put("messageString", facts.message() == null ? null : Json.write(facts.message()));
        error.put("responseType", facts.responseType());
        error.put("validationErrorString", facts.validationErrorString());
        return error;
    }

    /** Knows what its members would be before anybody pays for them. */
    private static final class Lazy extends LinkedHashMap<String, Object> {

        private final transient CallContext context;

        Lazy(CallContext context) {
            super(32);
            this.context = context;
        }

        @Override
        public Object get(Object key) {
            Object value = super.get(key);
            if (value != null || !(key instanceof String name)) {
                return value;
            }
            Object made = make(name);
            if (made != null) {
                put(name, made);
            }
            return made;
        }

        private Object make(String name) {
            return switch (name) {
                case "requestTime" -> context.call().formattedRequestTime();
                case "identity" -> new SilentMap(identity(context.identity()));
                case "requestOverride" ->
                    new SilentMap(printable(context.overrides().request()));
                case "responseOverride" ->
                    new SilentMap(printable(context.overrides().response()));
                default -> null;
            };
        }

        /** The trees of the overrides are plain maps; those that a template can print must be ours. */
        private static Map<String, Object> printable(Map<String, Object> overrides) {
            overrides.replaceAll((name, value) ->
                    value instanceof Map<?, ?> map && !(value instanceof TemplateMap) ? new TemplateMap(map) : value);
            return overrides;
        }

        @Override
        public String toString() {
            keySet().forEach(this::get);
            return Text.of(this);
        }
    }
}
