package dev.gatehouse.definition;

/** What becomes of a body whose media type has no request template. */
public enum PassthroughBehavior {
    WHEN_NO_MATCH,
    WHEN_NO_TEMPLATES,
    NEVER
}
