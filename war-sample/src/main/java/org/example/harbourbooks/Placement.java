package org.example.harbourbooks;

/** What becomes of a wish to buy. */
public sealed interface Placement {

    record Accepted(Order order) implements Placement {}

    /** @param status the HTTP status that says the same */
    record Refused(int status, String reason) implements Placement {}
}
