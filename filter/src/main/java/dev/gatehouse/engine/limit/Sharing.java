package dev.gatehouse.engine.limit;

/** How the nodes of a cluster count together. */
public enum Sharing {
    /** Each node has its share of every limit and asks nobody. */
    LOCAL,
    /** Every call is counted in one place: what passes on all nodes together is what the limit says. */
    EXACT,
    /** Nodes fetch calls in advance from that one place, and so ask less often than they are called. */
    LEASED
}
