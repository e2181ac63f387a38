package dev.gatehouse.definition;

import java.util.List;
import java.util.function.Consumer;

/**
 * Decides about callers. Which components are set depends on the type; absent ones are null.
 *
 * @param identitySource comma separated mapping expressions; null for a REQUEST authorizer that does not cache
 * @param identityValidationExpression regular expression for the token; TOKEN only
 * @param authorizerResultTtlInSeconds 0 to 3600; null stands for 300
 */
public record Authorizer(
        String id,
        String name,
        AuthorizerType type,
        List<String> providerARNs,
        String authType,
        String authorizerUri,
        String authorizerCredentials,
        String identitySource,
        String identityValidationExpression,
        Integer authorizerResultTtlInSeconds) {

    public Authorizer {
        providerARNs = Frozen.list(providerARNs);
    }

    /** Amazon's defaults where there are any, the rest absent. */
    public static Draft draft() {
        return new Draft();
    }

    /** This value with changes. */
    public Authorizer with(Consumer<Draft> change) {
        Draft draft = new Draft();
        draft.id = id;
        draft.name = name;
        draft.type = type;
        draft.providerARNs = providerARNs;
        draft.authType = authType;
        draft.authorizerUri = authorizerUri;
        draft.authorizerCredentials = authorizerCredentials;
        draft.identitySource = identitySource;
        draft.identityValidationExpression = identityValidationExpression;
        draft.authorizerResultTtlInSeconds = authorizerResultTtlInSeconds;
        change.accept(draft);
        return draft.build();
    }

    /** The components as plain fields, for the moment in which a value is put together; not thread-safe. */
    public static final class Draft {

        public String id;
        public String name;
        public AuthorizerType type;
        public List<String> providerARNs = List.of();
        public String authType;
        public String authorizerUri;
        public String authorizerCredentials;
        public String identitySource;
        public String identityValidationExpression;
        public Integer authorizerResultTtlInSeconds;

        private Draft() {}

        public Authorizer build() {
            return new Authorizer(
                    id,
                    name,
                    type,
                    providerARNs,
                    authType,
                    authorizerUri,
                    authorizerCredentials,
                    identitySource,
                    identityValidationExpression,
                    authorizerResultTtlInSeconds);
        }
    }
}
