package dev.gatehouse.engine.policy;

/** Whether a value is what a policy speaks of. */
enum Match {
    YES,
    NO,
    /** It cannot be told: a variable has no value, or the value is not of the type that is compared. */
    UNDECIDED;

    static Match of(boolean yes) {
        return yes ? YES : NO;
    }

    /** Of one value with several: one is enough, and no answer is worse than a no. */
    Match or(Match other) {
        if (this == YES || other == YES) {
            return YES;
        }
        return this == UNDECIDED || other == UNDECIDED ? UNDECIDED : NO;
    }

    /**
     * Whether a statement goes on. What cannot be told never widens what is allowed and never narrows what is denied by a
     * "not": there the safe side is the other one.
     */
    boolean satisfies(boolean negated, boolean deny) {
        return negated ? this == NO || this == UNDECIDED && deny : this == YES;
    }
}
