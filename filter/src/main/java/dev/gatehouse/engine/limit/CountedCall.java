package dev.gatehouse.engine.limit;

import java.util.ArrayList;
import java.util.List;

/**
 * What nodes decide about as one.
 *
 * @param terms on which it is counted
 * @param claim null for a call that belongs to no plan
 * @param common limits for all clients together
 */
record CountedCall(Terms terms, Claim claim, List<Limit> common) {

    /** All limits of rates, in the order in which they refuse. */
    List<Limit> all() {
        if (claim == null) {
            return common;
        }
        List<Limit> all = new ArrayList<>(claim.own());
        all.addAll(common);
        return all;
    }

    /** The limit of that level; null for none. */
    Limit of(Level level) {
        for (Limit limit : all()) {
            if (limit.level() == level) {
                return limit;
            }
        }
        return null;
    }
}
