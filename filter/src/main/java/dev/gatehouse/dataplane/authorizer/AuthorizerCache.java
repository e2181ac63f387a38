package dev.gatehouse.dataplane.authorizer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * What Lambda authorizers have said, for as long as their owners say. Kept are results, not decisions: each call is measured
 * against the policy anew. Thread-safe; whoever invents tokens pushes out what was used least, and takes no more memory.
 */
public final class AuthorizerCache {

    /** Characters of keys, policies and contexts. */
    private static final long LARGEST = 16L * 1024 * 1024;

    /**
     * @param authorizer what is asked, with everything that makes it answer as it does: another definition has other entries
     * @param identity what it is asked about
     * @param flushes how often its stage had been flushed when the question came up: an answer that was under way then comes too
     *     late to be kept
     */
    record Key(Scope authorizer, String identity, long flushes) {}

    /**
     * One authorizer of one stage.
     *
     * @param definition everything of it that decides about its answers, as text
     */
    record Scope(String apiId, String stage, String authorizerId, String definition) {
        private StageName stageName() {
            return new StageName(apiId, stage);
        }
    }

    private record StageName(String apiId, String stage) {}

    /** @param caller as those see it who did not have to ask */
    record Kept(AuthorizerResult result, CallerFacts caller, long nanos) {}

    private final Cache<Key, Kept> results;
    private final Map<StageName, Long> flushes = new ConcurrentHashMap<>();
    private volatile SharedCache shared;

    /** @param nanos a clock as {@link System#nanoTime} */
    public AuthorizerCache(LongSupplier nanos) {
        this.results = Caffeine.newBuilder()
                .maximumWeight(LARGEST)
                .weigher((Key key, Kept kept) -> key.identity.length() + kept.result.size())
                .expireAfter(Expiry.creating((Key key, Kept kept) -> Duration.ofNanos(kept.nanos)))
                .ticker(nanos::getAsLong)
                .executor(Runnable::run)
                .build();
    }

    /**
     * From now on, what is not known here is looked for where other nodes keep what they were told, and is kept there.
     *
     * @param key 32 bytes that all nodes have and nobody else
     */
    public void share(SharedAnswers answers, byte[] key, InstantSource clock) {
        shared = new SharedCache(answers, key, clock);
    }

    /** Null where this node keeps to itself. */
    SharedCache shared() {
        return shared;
    }

    Key key(Scope authorizer, String identity) {
        long flushed = flushes.isEmpty() ? 0 : flushes.getOrDefault(authorizer.stageName(), 0L);
        return new Key(authorizer, identity, flushed);
    }

    /** @return null where nothing is known, or not any more */
    Kept get(Key key) {
        return results.getIfPresent(key);
    }

    void put(Key key, AuthorizerResult result, Duration ttl) {
        results.put(key, new Kept(result, result.caller(0), ttl.toNanos()));
    }

    /** Forgets everything of a stage, at once; what is being asked at this moment is not kept either. Nodes that share follow. */
    public void flush(String apiId, String stage) {
        flushHere(apiId, stage);
        SharedCache others = shared;
        if (others != null) {
            others.flush(apiId, stage);
        }
    }

    /** As {@link #flush}, for this node alone: another one has told the others. */
    public void flushHere(String apiId, String stage) {
        StageName name = new StageName(apiId, stage);
        flushes.merge(name, 1L, Long::sum);
        results.asMap().keySet().removeIf(key -> key.authorizer.stageName().equals(name));
    }

    /** How many answers are kept; entries that are about to go are counted, too. */
    long size() {
        results.cleanUp();
        return results.estimatedSize();
    }
}
