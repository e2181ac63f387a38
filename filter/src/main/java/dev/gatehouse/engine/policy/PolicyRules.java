package dev.gatehouse.engine.policy;

import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * What a policy may look like where it is attached.
 *
 * @param principals whether its statements name whom they are about
 * @param maxLength characters of the text, 1 or more
 * @param maxStatements 1 or more
 * @param resourceForm brings a short form that a service allows into an ARN, and returns everything else as it is
 */
public record PolicyRules(Principals principals, int maxLength, int maxStatements, UnaryOperator<String> resourceForm) {

    /** Whether statements have {@code Principal} or {@code NotPrincipal}. */
    public enum Principals {
        /** Attached to a resource: the statement says whom it is about. */
        REQUIRED,
        /** Attached to an identity: whom it is about is clear. */
        FORBIDDEN
    }

    /** Of a policy that is attached to a resource; 8,192 characters as at API Gateway, and 1,000 statements. */
    public static final PolicyRules RESOURCE =
            new PolicyRules(Principals.REQUIRED, 8_192, 1_000, UnaryOperator.identity());

    /** Of a policy that is attached to an identity, or stands for one; the same bounds. */
    public static final PolicyRules IDENTITY =
            new PolicyRules(Principals.FORBIDDEN, 8_192, 1_000, UnaryOperator.identity());

    public PolicyRules {
        Objects.requireNonNull(principals, "principals");
        Objects.requireNonNull(resourceForm, "resourceForm");
        if (maxLength < 1 || maxStatements < 1) {
            throw new IllegalArgumentException("bounds must be 1 or more");
        }
    }

    public PolicyRules withBounds(int newMaxLength, int newMaxStatements) {
        return new PolicyRules(principals, newMaxLength, newMaxStatements, resourceForm);
    }

    public PolicyRules withResourceForm(UnaryOperator<String> newResourceForm) {
        return new PolicyRules(principals, maxLength, maxStatements, newResourceForm);
    }
}
