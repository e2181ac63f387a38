package dev.gatehouse.compile;

import dev.gatehouse.dataplane.authorizer.IdentitySources;
import dev.gatehouse.dataplane.authorizer.LambdaAuthorizer;
import dev.gatehouse.dataplane.authorizer.UserPoolAuthorizer;
import dev.gatehouse.definition.AuthorizationType;
import dev.gatehouse.definition.Authorizer;
import dev.gatehouse.definition.AuthorizerType;
import dev.gatehouse.definition.Method;
import dev.gatehouse.engine.lambda.FunctionName;
import dev.gatehouse.engine.lambda.LambdaUri;
import dev.gatehouse.engine.pattern.BoundedPattern;
import dev.gatehouse.engine.token.TokenIssuer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who decides about the callers of a method, where that is an authorizer of the API. */
final class AuthorizerCompiler {

    private static final int DEFAULT_TTL = 300;
    private static final int LONGEST_TTL = 3600;

    private final AccessParts parts;
    private final Reachable reachable;

    /** @param reachable which functions can be called, and in whose name */
    AuthorizerCompiler(AccessParts parts, Reachable reachable) {
        this.parts = parts;
        this.reachable = reachable;
    }

    /**
     * @param method with {@code CUSTOM} or {@code COGNITO_USER_POOLS}
     * @param all authorizers of the API
     * @param place of the method
     * @return empty where it cannot be compiled; the problems are noted
     */
    Optional<dev.gatehouse.dataplane.authorizer.Authorizer> compile(
            Method method, List<Authorizer> all, Map<String, String> variables, Place place) {
        Optional<Authorizer> found = all.stream()
                .filter(known -> known.id().equals(method.authorizerId()))
                .findFirst();
        if (found.isEmpty()) {
            place.problem("the authorizer of this method does not exist");
            return Optional.empty();
        }
        Authorizer authorizer = found.get();
        boolean pool = authorizer.type() == AuthorizerType.COGNITO_USER_POOLS;
        if (pool != (method.authorizationType() == AuthorizationType.COGNITO_USER_POOLS)) {
            place.problem("authorizationType " + method.authorizationType() + " does not fit authorizer "
                    + authorizer.name() + " of type " + authorizer.type());
            return Optional.empty();
        }
        // wherever it was declared, that is what an OpenAPI document calls it
        Place own = place.root().at("components").at("securitySchemes").at(String.valueOf(authorizer.name()));
        return compile(authorizer, method.authorizationScopes(), variables, own.at("x-amazon-apigateway-authorizer"));
    }

    /**
     * @param scopes of a method; empty for a Lambda authorizer
     * @return empty where it cannot be compiled; the problems are noted at the place
     */
    Optional<dev.gatehouse.dataplane.authorizer.Authorizer> compile(
            Authorizer authorizer, List<String> scopes, Map<String, String> variables, Place place) {
        if (authorizer.type() == null) {
            place.at("type").problem("an authorizer needs a type");
            return Optional.empty();
        }
        int before = place.problems().size();
        if (authorizer.type() == AuthorizerType.COGNITO_USER_POOLS && authorizer.authorizerCredentials() != null) {
            place.at("authorizerCredentials").problem("a COGNITO_USER_POOLS authorizer calls no function");
        }
        dev.gatehouse.dataplane.authorizer.Authorizer compiled = authorizer.type() == AuthorizerType.COGNITO_USER_POOLS
                ? userPool(authorizer, scopes, place)
                : lambda(authorizer, variables, place);
        return place.problems().size() == before ? Optional.of(compiled) : Optional.empty();
    }

    private dev.gatehouse.dataplane.authorizer.Authorizer lambda(
            Authorizer authorizer, Map<String, String> variables, Place place) {
        Place rolePlace = place.at("authorizerCredentials");
        String role = StageVariables.filled(authorizer.authorizerCredentials(), variables, rolePlace);
        boolean named = authorizer.authorizerCredentials() != null;
        boolean usable = !named || role != null && AwsCompiler.checkRole(role, rolePlace);
        boolean unknown = usable && named && !reachable.role(role);
        LambdaUri uri = LambdaTarget.parse(
                authorizer.authorizerUri(),
                variables,
                one -> !usable || unknown || reachable.function(one, role),
                "",
                place.at("authorizerUri"));
        FunctionName function = uri == null ? null : uri.function();
        if (uri != null && uri.streaming()) {
            place.at("authorizerUri").problem("an authorizer answers in one piece: its uri ends in /invocations");
        }
        if (unknown && function != null && !reachable.function(function, role)) {
            AwsCompiler.unknownRole(role, rolePlace);
        }
        int ttl = authorizer.authorizerResultTtlInSeconds() == null
                ? DEFAULT_TTL
                : authorizer.authorizerResultTtlInSeconds();
        if (ttl < 0 || ttl > LONGEST_TTL) {
            place.at("authorizerResultTtlInSeconds").problem(ttl + " is not between 0 and " + LONGEST_TTL);
        }
        LambdaAuthorizer.Identity identity = authorizer.type() == AuthorizerType.TOKEN
                ? new LambdaAuthorizer.Identity.Token(header(authorizer, place), expression(authorizer, place))
                : request(authorizer, ttl, place);
        return function == null || identity == null
                ? null
                : new LambdaAuthorizer(
                        new LambdaAuthorizer.Settings(
                                authorizer.id(), function, role, identity, Duration.ofSeconds(ttl)),
                        parts.authorizerCache(),
                        System::nanoTime);
    }

    private static LambdaAuthorizer.Identity request(Authorizer authorizer, int ttl, Place place) {
        String text = authorizer.identitySource();
        if (authorizer.identityValidationExpression() != null) {
            place.at("identityValidationExpression")
                    .problem("a REQUEST authorizer has no identityValidationExpression");
        }
        if (text == null && ttl > 0) {
            place.at("identitySource")
                    .problem("is required where authorizerResultTtlInSeconds is not 0: without it all"
                            + " callers would share one answer");
        }
        IdentitySources sources = text == null
                ? IdentitySources.NONE
                : place.at("identitySource").parsed(() -> IdentitySources.parse(text), IdentitySources.NONE);
        return new LambdaAuthorizer.Identity.Request(sources, String.valueOf(text));
    }

    private dev.gatehouse.dataplane.authorizer.Authorizer userPool(
            Authorizer authorizer, List<String> scopes, Place place) {
        List<TokenIssuer> pools = new ArrayList<>();
        Place arns = place.at("providerARNs");
        for (String arn : authorizer.providerARNs()) {
            parts.userPools()
                    .of(arn)
                    .ifPresentOrElse(pools::add, () -> arns.problem("'" + arn + "' is not the ARN of a user pool"));
        }
        if (authorizer.providerARNs().isEmpty()) {
            arns.problem("a COGNITO_USER_POOLS authorizer needs at least one user pool");
        }
        String header = header(authorizer, place);
        BoundedPattern audience = expression(authorizer, place);
        return pools.isEmpty() || header == null
                ? null
                : new UserPoolAuthorizer(
                        new UserPoolAuthorizer.Settings(authorizer.id(), pools, header, audience, scopes),
                        parts.tokens());
    }

    private static String header(Authorizer authorizer, Place place) {
        return place.at("identitySource").parsed(() -> IdentitySources.headerName(authorizer.identitySource()), null);
    }

    private static BoundedPattern expression(Authorizer authorizer, Place place) {
        String text = authorizer.identityValidationExpression();
        return text == null
                ? null
                : place.at("identityValidationExpression").parsed(() -> BoundedPattern.compile(text), null);
    }
}
