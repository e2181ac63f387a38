package dev.gatehouse.dataplane.authorizer;

/**
 * Who may call a method: its authorization and the resource policy of its API as one, compiled at deployment. Immutable and
 * thread-safe.
 */
@FunctionalInterface
public interface Access {

    /** Everybody: no authorization, and no resource policy. The flow asks it nothing. */
    Access OPEN = query -> Decision.Allowed.ANYBODY;

    /** @return never null. An exception is nobody's permission: the call ends with 500 */
    Decision decide(AccessQuery query);
}
