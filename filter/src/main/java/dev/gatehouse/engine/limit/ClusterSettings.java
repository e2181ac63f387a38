package dev.gatehouse.engine.limit;

import java.time.Duration;
import java.util.Objects;

/**
 * How a node counts in its cluster.
 *
 * @param terms of calls whose plan has none of its own, and of limits that belong to no plan
 * @param nodes how many there are; 0 where they are to be counted
 * @param leaseCalls how many calls a node may have in advance, of each limit
 * @param leaseTime after which it gives them back
 * @param timeout how long a call waits for the place where nodes count together
 */
public record ClusterSettings(Terms terms, int nodes, int leaseCalls, Duration leaseTime, Duration timeout) {

    public ClusterSettings {
        Objects.requireNonNull(terms, "terms");
        Objects.requireNonNull(leaseTime, "leaseTime");
        Objects.requireNonNull(timeout, "timeout");
    }
}
