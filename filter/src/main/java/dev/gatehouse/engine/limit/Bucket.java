package dev.gatehouse.engine.limit;

/** Tokens, one for a call. Never waits. */
interface Bucket {

    Rate rate();

    /** Takes a token, where there is one. */
    Admission take();

    /** What {@link #take} would say, without taking. {@code remaining} counts the token that would be taken. */
    Admission look();

    /** What has been taken and has not come back yet, in tokens; 0 where the bucket is full. */
    double taken();

    /** Takes what another bucket lacks, so that a change of its rate gives nobody anything back. */
    void charge(double tokens);
}
