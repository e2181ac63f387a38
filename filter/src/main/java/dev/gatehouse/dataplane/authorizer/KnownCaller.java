package dev.gatehouse.dataplane.authorizer;

import dev.gatehouse.engine.identity.Identity;
import dev.gatehouse.engine.token.Claims;
import dev.gatehouse.http.CallerPrincipal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * Somebody, for the application.
 *
 * @param name who
 * @param scheme how that was proven: the method's {@code authorizationType}
 * @param attributes from {@code claims.}, {@code context.} or {@code tags.} and a name to values; empty where there is none
 */
public record KnownCaller(String name, String scheme, Function<String, List<String>> attributes) {

    private static final String CLAIMS = "claims.";
    private static final String CONTEXT = "context.";
    private static final String TAGS = "tags.";

    public KnownCaller {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(scheme, "scheme");
        Objects.requireNonNull(attributes, "attributes");
    }

    /** By the word of a Lambda authorizer. */
    static KnownCaller told(String principalId, Map<String, String> context) {
        return new KnownCaller(
                principalId,
                Authorization.CUSTOM.name(),
                source -> named(source, CONTEXT, name -> one(context.get(name))));
    }

    /**
     * By a token. A list has as many values as it has texts; {@code scope} as many as it has words, and every other text is one.
     *
     * @return null where the token does not say whose it is
     */
    static KnownCaller ofToken(Claims claims) {
        String subject = claims.text("sub");
        return subject == null || subject.isEmpty()
                ? null
                : new KnownCaller(
                        subject,
                        Authorization.COGNITO_USER_POOLS.name(),
                        source -> named(source, CLAIMS, name -> claimed(claims, name)));
    }

    /** By a signature. */
    static KnownCaller signed(Identity identity) {
        return new KnownCaller(
                identity.arn(),
                Authorization.AWS_IAM.name(),
                source -> named(source, TAGS, name -> one(identity.tags().get(name))));
    }

    /** @param roleSources attributes whose values are roles */
    public CallerPrincipal principal(List<String> roleSources) {
        if (roleSources.isEmpty()) {
            return new CallerPrincipal(name, scheme, Set.of());
        }
        Set<String> roles = new HashSet<>();
        roleSources.forEach(source -> roles.addAll(attributes.apply(source)));
        return new CallerPrincipal(name, scheme, roles);
    }

    private static List<String> named(String source, String prefix, Function<String, List<String>> values) {
        return source.startsWith(prefix) ? values.apply(source.substring(prefix.length())) : List.of();
    }

    private static List<String> one(String value) {
        return value == null || value.isEmpty() ? List.of() : List.of(value);
    }

    private static List<String> claimed(Claims claims, String name) {
        Object value = claims.asMap().get(name);
        if (value instanceof List<?> list) {
            return list.stream()
                    .filter(String.class::isInstance)
                    .map(String.class::cast)
                    .toList();
        }
        if (value instanceof String text) {
            return name.equals("scope") ? List.of(text.strip().split(" +")) : one(text);
        }
        return List.of();
    }
}
