package dev.gatehouse.engine.limit;

/** What becomes of calls while the place where nodes count together does not answer. */
public enum Fallback {
    /** They are refused. */
    REFUSE,
    /** They pass, whatever their limits; what they use of a quota is counted later. */
    ALLOW,
    /** Each node has its share, as with {@link Sharing#LOCAL}. */
    LOCAL_SHARE
}
