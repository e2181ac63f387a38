package dev.gatehouse.controlplane.control;

import dev.gatehouse.definition.Authorizer;
import dev.gatehouse.definition.AuthorizerType;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What an authorizer may look like, and what of it an update may change (API Gateway API reference, CreateAuthorizer). */
final class AuthorizerRules {

    private static final int LONGEST_TTL = 3600;
    private static final Pattern URI =
            Pattern.compile("arn:[^:]+:apigateway:[^:]*:lambda:path/2015-03-31/functions/.+/invocations");
    private static final Pattern HEADER = Pattern.compile("method\\.request\\.header\\.[^,\\s]+");
    private static final Pattern SOURCE =
            Pattern.compile("method\\.request\\.(header|querystring|path|multivalueheader|multivaluequerystring)\\.\\S+"
                    + "|context\\.\\S+|stageVariables\\.\\S+");

    static final Patch<Authorizer> PATCH = Patch.<Authorizer>of(Patch.LISTING)
            .on("replace", "/authorizerUri", (one, op) -> one.with(draft -> draft.authorizerUri = op.valueOrNull()))
            .on(
                    "replace",
                    "/authorizerCredentials",
                    (one, op) -> one.with(draft -> draft.authorizerCredentials = op.valueOrNull()))
            .on("replace", "/authType", (one, op) -> one.with(draft -> draft.authType = op.valueOrNull()))
            .on(
                    "replace",
                    "/identityValidationExpression",
                    (one, op) -> one.with(draft -> draft.identityValidationExpression = op.valueOrNull()))
            .on("replace", "/name", (one, op) -> one.with(draft -> draft.name = op.value()))
            .on("replace", "/type", (one, op) -> one.with(draft -> draft.type = type(op.value())))
            .on(
                    "replace",
                    "/authorizerResultTtlInSeconds",
                    (one, op) -> one.with(draft -> draft.authorizerResultTtlInSeconds = seconds(op.valueOrNull())))
            .on(
                    "add replace remove",
                    "/identitySource",
                    (one, op) -> one.with(draft -> draft.identitySource = op.is("remove") ? null : op.valueOrNull()))
            .on("add remove", "/providerARNs", (one, op) -> {
                List<String> arns = new ArrayList<>(one.providerARNs());
                boolean known = arns.remove(op.value());
                if (op.valueOrNull() == null || !known && op.is("remove")) {
                    throw ControlError.badRequest("Invalid provider ARN specified: " + op.value());
                }
                if (op.is("add")) {
                    arns.add(op.value());
                }
                return one.with(draft -> draft.providerARNs = arns);
            });

    private AuthorizerRules() {}

    static Authorizer read(Members body) {
        Authorizer.Draft draft = Authorizer.draft();
        draft.name = body.required("name");
        draft.type = body.requiredEnumeration("type", AuthorizerType.class);
        draft.providerARNs = body.strings("providerARNs");
        draft.authType = body.string("authType");
        draft.authorizerUri = body.string("authorizerUri");
        draft.authorizerCredentials = body.string("authorizerCredentials");
        draft.identitySource = body.string("identitySource");
        draft.identityValidationExpression = body.string("identityValidationExpression");
        draft.authorizerResultTtlInSeconds = body.integer("authorizerResultTtlInSeconds");
        if (draft.authType == null) {
            draft.authType = draft.type == AuthorizerType.COGNITO_USER_POOLS ? "cognito_user_pools" : "custom";
        }
        return draft.build();
    }

    /** @param all of the API; may have an earlier state of this one among them */
    static void check(Authorizer authorizer, List<Authorizer> all) {
        String name = authorizer.name();
        if (name == null || name.isBlank()) {
            throw ControlError.badRequest("Authorizer name cannot be empty");
        }
        if (all.stream()
                .anyMatch(other -> other.name().equals(name) && !other.id().equals(authorizer.id()))) {
            throw ControlError.badRequest(
                    "Authorizer name must be unique. Authorizer " + name + " already exists in this RestApi.");
        }
        Integer ttl = authorizer.authorizerResultTtlInSeconds();
        if (ttl != null && (ttl < 0 || ttl > LONGEST_TTL)) {
            throw wrongTtl();
        }
        if (authorizer.type() == AuthorizerType.COGNITO_USER_POOLS) {
            checkUserPool(authorizer);
        } else {
            checkFunction(authorizer);
        }
        checkExpression(authorizer);
        checkSources(authorizer);
    }

    private static void checkUserPool(Authorizer authorizer) {
        if (authorizer.providerARNs().isEmpty()) {
            throw ControlError.badRequest("At least one provider ARN is required for a COGNITO_USER_POOLS authorizer");
        }
        if (authorizer.authorizerUri() != null) {
            throw ControlError.badRequest("A COGNITO_USER_POOLS authorizer has no authorizerUri");
        }
    }

    private static void checkFunction(Authorizer authorizer) {
        if (!authorizer.providerARNs().isEmpty()) {
            throw ControlError.badRequest("Only a COGNITO_USER_POOLS authorizer has providerARNs");
        }
        if (authorizer.authorizerUri() == null
                || !URI.matcher(authorizer.authorizerUri()).matches()) {
            throw ControlError.badRequest("Invalid Authorizer URI: " + authorizer.authorizerUri()
                    + ". Authorizer URI should be a valid API Gateway ARN that represents a Lambda function"
                    + " invocation.");
        }
    }

    private static void checkExpression(Authorizer authorizer) {
        String expression = authorizer.identityValidationExpression();
        if (expression == null) {
            return;
        }
        if (authorizer.type() == AuthorizerType.REQUEST) {
            throw ControlError.badRequest("A REQUEST authorizer has no identityValidationExpression");
        }
        try {
            Pattern.compile(expression);
        } catch (PatternSyntaxException e) {
            throw ControlError.badRequest("Invalid identityValidationExpression: " + e.getDescription());
        }
    }

    private static void checkSources(Authorizer authorizer) {
        String sources = authorizer.identitySource();
        if (authorizer.type() != AuthorizerType.REQUEST) {
            if (sources == null || !HEADER.matcher(sources).matches()) {
                throw ControlError.badRequest("Invalid mapping expression specified: " + sources);
            }
        } else if (sources != null) {
            for (String source : sources.split(",", -1)) {
                if (!SOURCE.matcher(source.strip()).matches()) {
                    throw ControlError.badRequest("Invalid mapping expression specified: " + source.strip());
                }
            }
        } else if (!Integer.valueOf(0).equals(authorizer.authorizerResultTtlInSeconds())) {
            throw ControlError.badRequest(
                    "Identity source is required for a REQUEST authorizer that caches its results");
        }
    }

    private static AuthorizerType type(String name) {
        for (AuthorizerType type : AuthorizerType.values()) {
            if (type.name().equals(name)) {
                return type;
            }
        }
        throw ControlError.badRequest("Invalid authorizer type specified: " + name);
    }

    /** Nothing brings the default back. */
    private static Integer seconds(String text) {
        try {
            return text == null ? null : Integer.valueOf(text);
        } catch (NumberFormatException e) {
            throw wrongTtl();
        }
    }

    private static ControlError wrongTtl() {
        return ControlError.badRequest("Authorizer result TTL must be between 0 and " + LONGEST_TTL + " seconds");
    }
}
