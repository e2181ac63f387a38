package dev.gatehouse.controlplane.openapi;

import dev.gatehouse.definition.AuthorizationType;
import dev.gatehouse.definition.Authorizer;
import dev.gatehouse.definition.AuthorizerType;
import dev.gatehouse.definition.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Security schemes, of which those with an authorizer extension become authorizers, and what {@code security} of an operation
 * makes of its method. A scheme that would protect nothing here is an error where it is used: silence would leave a method
 * open that its author believes closed.
 */
final class SecuritySchemes {

    private static final Set<String> FIELDS = Set.of(
            "type",
            "authorizerUri",
            "authorizerCredentials",
            "authorizerResultTtlInSeconds",
            "identitySource",
            "identityValidationExpression",
            "providerARNs");
    private static final Set<String> FIELDS_OF_HTTP_APIS =
            Set.of("jwtConfiguration", "authorizerPayloadFormatVersion", "enableSimpleResponses");
    private static final Pattern IDENTITY_SOURCE =
            Pattern.compile("method\\.request\\.(header|querystring|path|multivalueheader|multivaluequerystring)\\..+"
                    + "|context\\..+|stageVariables\\..+");

    /** What a scheme means for a method that uses it. */
    private enum Kind {
        AUTHORIZER,
        API_KEY,
        IAM,
        NOTHING,
        /** Reported where it is declared. */
        BROKEN
    }

    private record Meaning(Kind kind, Authorizer authorizer) {
        Meaning(Kind kind) {
            this(kind, null);
        }
    }

    private final Map<String, Meaning> schemes = new LinkedHashMap<>();
    private final ImportOptions options;

    SecuritySchemes(Cursor section, ImportOptions options) {
        this.options = options;
        for (Cursor scheme : section.members()) {
            if (scheme.isPresent() && scheme.isObject()) {
                schemes.put(scheme.name(), read(scheme));
            }
        }
    }

    List<Authorizer> authorizers() {
        List<Authorizer> authorizers = new ArrayList<>();
        schemes.values().forEach(scheme -> {
            if (scheme.authorizer() != null) {
                authorizers.add(scheme.authorizer());
            }
        });
        return authorizers;
    }

    private Meaning read(Cursor scheme) {
        String type = scheme.at("type").text();
        String in = scheme.at("in").text();
        String authType = scheme.at(Extensions.AUTHTYPE).text();
        boolean iam = "awsSigv4".equalsIgnoreCase(authType);
        if (!iam && authType != null && authType.toLowerCase(Locale.ROOT).startsWith("aws")) {
            scheme.at(Extensions.AUTHTYPE).error("only 'awsSigv4' of the values that begin with 'aws' has a meaning");
        }
        Cursor extension = scheme.at(Extensions.AUTHORIZER);
        if (extension.isPresent()) {
            Authorizer authorizer = extension.isObject() ? authorizer(scheme, extension, type, in, authType) : null;
            return authorizer == null ? new Meaning(Kind.BROKEN) : new Meaning(Kind.AUTHORIZER, authorizer);
        }
        if (iam) {
            return new Meaning(Kind.IAM);
        }
        boolean apiKey = "apiKey".equals(type)
                && "header".equals(in)
                && "x-api-key".equalsIgnoreCase(scheme.at("name").text());
        return new Meaning(apiKey ? Kind.API_KEY : Kind.NOTHING);
    }

    private Authorizer authorizer(Cursor scheme, Cursor extension, String schemeType, String in, String authType) {
        for (Cursor member : extension.members()) {
            if (FIELDS_OF_HTTP_APIS.contains(member.name())) {
                member.error("'" + member.name() + "' is for HTTP APIs");
            } else if (!FIELDS.contains(member.name())) {
                member.error(
                        "unknown field '" + Texts.cut(member.name()) + "'" + Texts.suggestion(member.name(), FIELDS));
            }
        }
        if (!"apiKey".equals(schemeType)) {
            scheme.at("type").error("must be 'apiKey' for a scheme with " + Extensions.AUTHORIZER);
        }
        if (extension.requiredAt("type") == null) {
            return null;
        }
        if ("jwt".equalsIgnoreCase(extension.at("type").text())) {
            extension.at("type").error("'jwt' is for HTTP APIs");
            return null;
        }
        AuthorizerType type = extension.at("type").constant(AuthorizerType.class);
        if (type == null) {
            return null;
        }
        if (!"header".equals(in) && !("query".equals(in) && type == AuthorizerType.REQUEST)) {
            scheme.at("in").error("must be 'header'" + (type == AuthorizerType.REQUEST ? " or 'query'" : ""));
        }
        Authorizer.Draft draft = Authorizer.draft();
        draft.id = options.ids().idFor(IdSource.Kind.AUTHORIZER, scheme.name());
        draft.name = scheme.name();
        draft.type = type;
        draft.authType = authType != null
                ? authType
                : type == AuthorizerType.COGNITO_USER_POOLS ? "cognito_user_pools" : "custom";
        draft.authorizerCredentials = extension.at("authorizerCredentials").text();
        draft.authorizerResultTtlInSeconds =
                extension.at("authorizerResultTtlInSeconds").integer(0, 3600);
        draft.providerARNs = extension.at("providerARNs").texts();
        draft.identityValidationExpression = expression(extension.at("identityValidationExpression"));
        draft.authorizerUri = extension.at("authorizerUri").text();
        checkTarget(extension, draft);
        draft.identitySource = type == AuthorizerType.REQUEST
                ? requestSources(extension, draft.authorizerResultTtlInSeconds)
                : headerSource(scheme);
        return draft.build();
    }

    private static void checkTarget(Cursor extension, Authorizer.Draft draft) {
        if (draft.type == AuthorizerType.COGNITO_USER_POOLS) {
            if (draft.providerARNs.isEmpty()) {
                extension.error("a Cognito authorizer needs 'providerARNs'");
            }
            if (draft.authorizerUri != null) {
                extension.at("authorizerUri").error("a Cognito authorizer has no 'authorizerUri'");
            }
            return;
        }
        if (!draft.providerARNs.isEmpty()) {
            extension.at("providerARNs").error("only a Cognito authorizer has 'providerARNs'");
        }
        if (extension.requiredAt("authorizerUri") != null && !Integrations.isLambda(draft.authorizerUri)) {
            extension
                    .at("authorizerUri")
                    .error(
                            "must be arn:<partition>:apigateway:<region>:lambda:path/2015-03-31/functions/<arn>/invocations");
        }
        if (draft.type == AuthorizerType.REQUEST && draft.identityValidationExpression != null) {
            extension
                    .at("identityValidationExpression")
                    .error("a REQUEST authorizer has no 'identityValidationExpression'");
        }
    }

    private static String expression(Cursor place) {
        String expression = place.text();
        if (expression != null) {
            try {
                Pattern.compile(expression);
            } catch (PatternSyntaxException e) {
                place.error("is no regular expression: " + e.getDescription());
            }
        }
        return expression;
    }

    /** For TOKEN and Cognito the name of the scheme decides, whatever the extension says (recorded). */
    private static String headerSource(Cursor scheme) {
        String header = scheme.requiredAt("name");
        return header == null ? null : "method.request.header." + header;
    }

    private static String requestSources(Cursor extension, Integer ttl) {
        Cursor place = extension.at("identitySource");
        String sources = place.text();
        if (sources == null) {
            if (!place.isPresent() && (ttl == null || ttl > 0)) {
                extension.error("'identitySource' is required unless 'authorizerResultTtlInSeconds' is 0");
            }
            return null;
        }
        for (String source : sources.split(",")) {
            if (!IDENTITY_SOURCE.matcher(source.strip()).matches()) {
                place.error("'" + Texts.cut(source.strip())
                        + "' is not method.request.header|querystring.<name>, context.<name> or stageVariables.<name>");
            }
        }
        return sources;
    }

    /**
     * Applies {@code security} to a method. Several requirements count as all of them: API Gateway has no "or", and writes key
     * and authorizer as two entries.
     */
    void secure(Method.Draft method, Cursor security) {
        Map<String, Cursor> used = new LinkedHashMap<>();
        Map<String, List<String>> scopes = new HashMap<>();
        List<Cursor> requirements = security.items();
        for (Cursor requirement : requirements) {
            List<Cursor> members = requirement.members();
            if (members.isEmpty() && requirements.size() > 1) {
                requirement.error("optional security is not supported: a method is protected or it is not");
            }
            for (Cursor scheme : members) {
                used.put(scheme.name(), scheme);
                scopes.computeIfAbsent(scheme.name(), name -> new ArrayList<>()).addAll(scheme.texts());
            }
        }
        Cursor decided = null;
        for (Cursor use : used.values()) {
            Meaning scheme = schemes.get(use.name());
            if (scheme == null) {
                use.error("there is no security scheme '" + Texts.cut(use.name()) + "'"
                        + Texts.suggestion(use.name(), schemes.keySet()));
            } else if (scheme.kind() == Kind.BROKEN) {
                continue;
            } else if (scheme.kind() == Kind.API_KEY) {
                method.apiKeyRequired = true;
                refuseScopes(use, scopes);
            } else if (scheme.kind() == Kind.NOTHING) {
                use.error("security scheme '" + Texts.cut(use.name()) + "' protects nothing here; it needs "
                        + Extensions.AUTHORIZER + ", " + Extensions.AUTHTYPE
                        + " awsSigv4, or to be the API key in header x-api-key");
            } else if (decided != null) {
                use.error("an operation can have one authorizer only; '" + Texts.cut(decided.name())
                        + "' is there already");
            } else {
                decided = use;
                authorize(method, scheme, use, scopes);
            }
        }
    }

    private static void authorize(Method.Draft method, Meaning scheme, Cursor use, Map<String, List<String>> scopes) {
        if (scheme.kind() == Kind.IAM) {
            method.authorizationType = AuthorizationType.AWS_IAM;
            refuseScopes(use, scopes);
            return;
        }
        method.authorizerId = scheme.authorizer().id();
        if (scheme.authorizer().type() == AuthorizerType.COGNITO_USER_POOLS) {
            method.authorizationType = AuthorizationType.COGNITO_USER_POOLS;
            method.authorizationScopes = scopes.get(use.name());
        } else {
            method.authorizationType = AuthorizationType.CUSTOM;
            refuseScopes(use, scopes);
        }
    }

    private static void refuseScopes(Cursor use, Map<String, List<String>> scopes) {
        if (!scopes.get(use.name()).isEmpty()) {
            use.error("only a Cognito authorizer checks scopes");
        }
    }
}
