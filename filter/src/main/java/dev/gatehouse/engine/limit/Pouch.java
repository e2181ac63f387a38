package dev.gatehouse.engine.limit;

import java.time.Duration;

/**
 * What a node has in advance of one limit, or that there is nothing for some time. Thread-safe. Times are as {@link System#nanoTime}.
 */
final class Pouch {

    /** Who gets it when it is given back; null where there is nothing to tell apart. */
    interface Origin {
        void giveBack(int units);
    }

    /** The rate or the quota that it was filled for: for another one it is empty. */
    private Object of;

    private Origin origin;
    private int units;
    private long until;
    private long left;
    private SharedUsage usage;
    private boolean dry;
    private long dryUntil;
    private boolean beingFilled;
    private boolean gone;

    /** @return whether there was something; it is gone then */
    synchronized boolean take(Object limit, long now) {
        if (units == 0 || now - until >= 0 || !limit.equals(of)) {
            return false;
        }
        units--;
        return true;
    }

    /** What has been taken was not needed. */
    void putBack() {
        synchronized (this) {
            if (!gone) {
                units++;
                return;
            }
        }
        origin.giveBack(1);
    }

    /** @return whether there is nothing for anybody, and for how long; null where that is not known */
    synchronized Duration dryFor(Object limit, long now) {
        return dry && limit.equals(of) && dryUntil - now > 0 ? Duration.ofNanos(dryUntil - now) : null;
    }

    /** @return whether the caller is to ask for more than it needs: one at a time does, and only where nothing is left */
    synchronized boolean mayBeFilled(Object limit, long now) {
        boolean empty = units == 0 || now - until >= 0 || !limit.equals(of);
        if (gone || beingFilled || !empty) {
            return false;
        }
        beingFilled = true;
        return true;
    }

    synchronized void notFilled() {
        beingFilled = false;
    }

    /**
     * @param more what came in advance
     * @param left of the limit elsewhere
     * @param usage null for tokens
     */
    void fill(Object limit, int more, long left, SharedUsage usage, long until, Origin origin) {
        Origin before;
        int old;
        synchronized (this) {
            before = this.origin;
            old = this.units;
            this.beingFilled = false;
            this.dry = false;
            this.of = limit;
            this.units = more;
            this.left = left;
            this.usage = usage;
            this.until = until;
            this.origin = origin;
        }
        if (old > 0) {
            before.giveBack(old);
        }
    }

    /** @param usage null for tokens */
    synchronized void isDry(Object limit, SharedUsage usage, long until) {
        if (units == 0) {
            of = limit;
            left = 0;
            this.usage = usage;
            dry = true;
            dryUntil = until;
        }
    }

    /** What is left of the limit, here and elsewhere, as far as is known. */
    synchronized long remaining() {
        return left == Long.MAX_VALUE ? left : left + units;
    }

    /** Null for tokens. */
    synchronized SharedUsage usage() {
        return usage;
    }

    /**
     * Gives back what nobody has used in time.
     *
     * @return whether there is nothing left to keep the pouch for
     */
    boolean expire(long now, boolean always) {
        Origin back;
        int old;
        boolean empty;
        synchronized (this) {
            boolean over = always || now - until >= 0;
            back = origin;
            old = over ? units : 0;
            units -= old;
            dry = dry && dryUntil - now > 0;
            empty = units == 0 && !beingFilled && !dry;
            gone = empty;
        }
        if (old > 0) {
            back.giveBack(old);
        }
        return empty;
    }
}
