package dev.gatehouse.engine.template;

import java.util.function.LongSupplier;

/** What is left of the limits while one template renders. */
final class Budget {

    /** A string is often built piece by piece, and each piece copies all before: hence more than one result's worth. */
    private static final int COPIES = 10;

    /** Between two looks at the clock. */
    private static final int PIECES = 256;

    /** What a turn of a loop is worth: there may be a lot in it that is not counted. */
    private static final int TURN = 16;

    /** What a piece is worth in characters. */
    private static final int CHARACTERS = 256;

    /** What an item of a list, or a member of a map, is worth in characters. */
    private static final int ITEM = 16;

    private final TemplateLimits limits;
    private final LongSupplier nanos;
    private final long start;
    private final long allowed;
    private long charactersLeft;
    private int iterations;
    private int blocks;
    private int untilLook = PIECES;

    Budget(TemplateLimits limits, LongSupplier nanos) {
        this.limits = limits;
        this.nanos = nanos;
        this.start = nanos.getAsLong();
        this.allowed = limits.renderTime().toNanos();
        this.charactersLeft = (long) COPIES * limits.outputSize();
    }

    /** To be called for every small piece of work. */
    void tick() {
        spend(1);
    }

    /** To be called for work that is worth so many small pieces. */
    void spend(int pieces) {
        untilLook -= pieces;
        if (untilLook <= 0) {
            untilLook = PIECES;
            requireTime();
        }
    }

    void requireTime() {
        if (nanos.getAsLong() - start > allowed) {
            throw Failure.of(
                    "rendering takes longer than " + limits.renderTime().toMillis() + " ms");
        }
    }

    void iteration(int ofThisLoop) {
        if (ofThisLoop > limits.loopIterations()) {
            throw Failure.of("#foreach runs more than " + limits.loopIterations() + " times");
        }
        if (++iterations > limits.totalIterations()) {
            throw Failure.of("more than " + limits.totalIterations() + " turns of #foreach");
        }
        spend(TURN);
    }

    void requireRange(long size) {
        if (size > limits.totalIterations()) {
            throw Failure.of("range of more than " + limits.totalIterations() + " numbers");
        }
    }

    /** A string of this length was read. */
    void read(int length) {
        spend(length / CHARACTERS);
    }

    /** So many items were put into another list or map. */
    void items(int count) {
        charactersLeft -= (long) ITEM * count;
        if (charactersLeft < 0) {
            throw Failure.of("more than " + COPIES * (long) limits.outputSize() / ITEM + " items copied");
        }
        spend(count / ITEM);
    }

    /** A string of this length was made. */
    void characters(int length) {
        requireSize(length);
        spend(length / CHARACTERS);
        charactersLeft -= length;
        if (charactersLeft < 0) {
            throw Failure.of("strings of more than " + COPIES * (long) limits.outputSize() + " characters made");
        }
    }

    void requireSize(long length) {
        if (length > limits.outputSize()) {
            throw Failure.of("more than " + limits.outputSize() + " characters");
        }
    }

    int outputSize() {
        return limits.outputSize();
    }

    void enterBlock() {
        if (++blocks > limits.depth()) {
            throw Failure.of("blocks nested deeper than " + limits.depth());
        }
        tick();
    }

    void leaveBlock() {
        blocks--;
    }
}
