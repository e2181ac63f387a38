package dev.gatehouse.engine.policy;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Who wants to do what. Immutable and thread-safe; made once, it can be asked of several policies.
 *
 * @param principals all names of the one caller; empty for nobody in particular
 * @param action such as {@code execute-api:Invoke}, kept in lower case: actions are compared without case
 * @param resource ARN; taken literally, whatever stands in it
 * @param keys the circumstances
 */
public record PolicyQuery(List<Principal> principals, String action, String resource, ConditionKeys keys) {

    public PolicyQuery {
        principals = List.copyOf(principals);
        action = action.toLowerCase(Locale.ROOT);
        Objects.requireNonNull(resource, "resource");
        Objects.requireNonNull(keys, "keys");
    }
}
