package dev.gatehouse.engine.limit;

/** Where a limit was set; in the order in which calls pass them (API Gateway developer guide, "throttle requests"). */
public enum Level {
    /** A usage plan, for a key, in a period. */
    QUOTA,
    /** A usage plan, for a key and a method. */
    CLIENT_METHOD,
    /** A usage plan, for a key in all stages and methods of the plan. */
    CLIENT,
    /** A stage, for a method and all clients together: its own settings, or those for all methods, a bucket for each method. */
    METHOD,
    /** The account: all APIs and clients together. */
    ACCOUNT,
    /** None of these: the place where nodes count together does not answer, and calls are to be refused then. */
    UNREACHABLE
}
