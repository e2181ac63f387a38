package dev.gatehouse.engine.limit;

/**
 * What one node has of a limit that several have together: as many parts as there are nodes, and never nothing of something. So all
 * nodes together hold to it, unless it is smaller than their number.
 *
 * @param nodes 1 or more
 * @param meanwhile whether what is counted is to be told to the others later
 */
record Share(int nodes, boolean meanwhile) {

    static final Share WHOLE = new Share(1, false);

    long of(long limit) {
        return limit == 0 ? 0 : Math.max(1, limit / nodes);
    }

    Rate of(Rate rate) {
        return nodes == 1 ? rate : new Rate(rate.perSecond() / nodes, (int) of(rate.burst()));
    }

    /** @param limit null comes back as null */
    Limit of(Limit limit) {
        return limit == null || nodes == 1 ? limit : new Limit(limit.level(), limit.name(), of(limit.rate()));
    }
}
