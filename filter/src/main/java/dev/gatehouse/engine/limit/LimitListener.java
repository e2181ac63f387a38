package dev.gatehouse.engine.limit;

/** Hears of calls that a limit has refused, on the thread that refuses: it should be quick, and is not to throw. Thread-safe. */
@FunctionalInterface
public interface LimitListener {

    LimitListener NONE = refused -> {};

    void refused(LimitExceeded call);
}
