package dev.gatehouse.engine.limit;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * The one place where the nodes of a cluster count. It has a clock of its own, so that nodes need not agree about the time.
 * Thread-safe. No method waits or throws: a stage completes with an exception where the place does not answer, perhaps late or never.
 */
public interface SharedCounters extends AutoCloseable {

    /**
     * A call that is to be counted everywhere, or nowhere.
     *
     * @param claim null for a call that belongs to no plan
     * @param known what the node knows of the key: where the place knows less it has lost something, and learns it again. Null
     *     without claim
     * @param pending calls of the key that the node let pass while the place did not answer, to be added
     * @param quotaSpare how many calls of the quota the node wants to have in advance
     * @param draws tokens, in the order in which limits refuse
     * @param nodes how many nodes there are: what is wanted in advance is cut down to what leaves enough for the others
     */
    record Order(Claim claim, SharedUsage known, int pending, int quotaSpare, List<Draw> draws, int nodes) {
        public Order {
            draws = List.copyOf(draws);
        }
    }

    /**
     * A token from a bucket.
     *
     * @param bucket name of the bucket
     * @param spare tokens beyond that one which the node wants to have in advance
     */
    record Draw(String bucket, Limit limit, int spare) {}

    /**
     * What came of it.
     *
     * @param refusedBy null where the call is counted
     * @param retryAfter how long until it may be; zero where it is, and where a quota refuses
     * @param usage null without claim
     * @param quotaSpare calls in advance
     * @param drawn one for each token that was ordered
     */
    record Receipt(Level refusedBy, Duration retryAfter, SharedUsage usage, int quotaSpare, List<Drawn> drawn) {
        public Receipt {
            drawn = List.copyOf(drawn);
        }
    }

    /**
     * @param left whole tokens that are in the bucket now
     * @param spare tokens in advance
     */
    record Drawn(long left, int spare) {}

    /**
     * What is kept of a key.
     *
     * @param days pairs of calls and of what was left, by day
     */
    record Kept(SharedUsage usage, Map<Integer, long[]> days) {}

    CompletionStage<Receipt> count(Order order);

    /** Puts tokens back that were not used. */
    CompletionStage<Void> giveBack(String bucket, Rate rate, int tokens);

    /** Puts calls of a quota back that were not made, if its period is still that of the usage. */
    CompletionStage<Void> giveBack(String planId, String keyId, SharedUsage counted, int calls);

    /**
     * Changes what is left of a key's quota in this period.
     *
     * @param claim with a quota
     * @param known as of an order
     * @param pending as of an order
     */
    CompletionStage<SharedUsage> grant(Claim claim, SharedUsage known, int pending, long remaining);

    /** What is kept of keys of a plan, by key; one that is not there was never counted. */
    CompletionStage<Map<String, Kept>> usage(String planId, Collection<String> keyIds);

    /**
     * Says that a node lives. A place that has become unreachable is looked for again.
     *
     * @return how many do
     */
    CompletionStage<Integer> beat(String nodeId);

    /** The node is no more: what it has asked for is not answered any more. Waits for a second at most. */
    void leave(String nodeId);

    @Override
    void close();
}
