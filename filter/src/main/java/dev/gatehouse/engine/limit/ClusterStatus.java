package dev.gatehouse.engine.limit;

/**
 * How a node counts in its cluster at this moment. The numbers of calls are those since the node was started.
 *
 * @param nodes that there are, as declared or counted
 * @param reachable whether the place where nodes count together answers; true where nobody asks it
 * @param outages how often it stopped to
 * @param asked calls about which it was asked
 * @param failed of these, calls that it did not answer in time
 * @param leased calls that needed no question, because they had been fetched in advance
 * @param refused calls without an answer that were refused therefore
 * @param allowed calls without an answer that passed therefore
 * @param shared calls without an answer that were counted in the share of the node
 */
public record ClusterStatus(
        int nodes,
        boolean reachable,
        long outages,
        long asked,
        long failed,
        long leased,
        long refused,
        long allowed,
        long shared) {}
