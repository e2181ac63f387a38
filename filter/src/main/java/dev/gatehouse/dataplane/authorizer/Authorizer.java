package dev.gatehouse.dataplane.authorizer;

/**
 * Finds out who calls, and what speaks for them: one class for each kind of authorization. What the API's own policy says is
 * none of its business; {@link Guard} adds it. Thread-safe.
 */
@FunctionalInterface
public interface Authorizer {

    /** @return never null. An exception is nobody's permission: the call ends with 500 */
    Finding examine(AccessQuery query);
}
