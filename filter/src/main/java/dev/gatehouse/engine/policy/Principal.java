package dev.gatehouse.engine.policy;

import java.util.Objects;

/**
 * One name of a caller. A caller may have several: a session has its own ARN and that of its role. Nobody has none.
 *
 * @param kind which of the names it is
 * @param id an ARN for {@link Kind#AWS}
 * @param account that an ARN names; null where there is none
 */
public record Principal(Kind kind, String id, String account) {

    /** As in a policy's {@code Principal}. */
    public enum Kind {
        AWS("AWS"),
        SERVICE("Service"),
        FEDERATED("Federated"),
        CANONICAL_USER("CanonicalUser");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** The name of the member in a policy. */
        String word() {
            return word;
        }
    }

    public Principal {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(id, "id");
    }

    /** @param arn of a user, a role, a session or an account's root */
    public static Principal aws(String arn) {
        String[] parts = arn.split(":", 6);
        return new Principal(Kind.AWS, arn, parts.length == 6 && !parts[4].isEmpty() ? parts[4] : null);
    }

    /** @param account the one that the ARN names */
    public static Principal aws(String arn, String account) {
        return new Principal(Kind.AWS, arn, account);
    }

    /** @param name such as {@code apigateway.amazonaws.com} */
    public static Principal service(String name) {
        return new Principal(Kind.SERVICE, name, null);
    }

    /** @param provider an ARN or a name such as {@code accounts.google.com} */
    public static Principal federated(String provider) {
        return new Principal(Kind.FEDERATED, provider, null);
    }

    public static Principal canonicalUser(String id) {
        return new Principal(Kind.CANONICAL_USER, id, null);
    }
}
