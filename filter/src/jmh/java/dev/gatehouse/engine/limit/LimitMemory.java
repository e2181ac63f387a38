package dev.gatehouse.engine.limit;

import dev.gatehouse.dataplane.snapshot.AccessTables;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Heap that a million keys in a thousand plans take: while nobody has called with them, after a call with each, and, for comparison,
 * as a limiter of Resilience4j for each in a map by their ids. Prints bytes for a key.
 */
public final class LimitMemory {

    private static final int KEYS = 1_000_000;

    private LimitMemory() {}

    public static void main(String[] args) throws IOException {
        long empty = used();
        AccessTables tables = new AccessTables(List.of(Population.table(KEYS)));
        long idle = used();
        Limits limits = new Limits(Clock.systemUTC(), System::nanoTime, new MemoryJournal());
        for (int i = 0; i < KEYS; i++) {
            Claim claim = Population.claim(i);
            // the id is the one that the table has, as in a call
            String id = tables.find(Population.value(i)).id();
            limits.admit(new Claim(claim.planId(), id, claim.quota(), null, claim.client()), List.of());
            if (i % 10_000 == 0) {
                limits.flush();
            }
        }
        limits.flush();
        long active = used();
        Map<String, RateLimiter> bare = new ConcurrentHashMap<>();
        RateLimiterConfig config = RateLimiterConfig.ofDefaults();
        for (int i = 0; i < KEYS; i++) {
            String id = Population.claim(i).keyId();
            RateLimiter limiter = RateLimiter.of(id, config);
            limiter.acquirePermission();
            bare.put(id, limiter);
        }
        long compared = used();
        System.out.printf(
                "idle %d, active %d, Resilience4j %d bytes%n",
                (idle - empty) / KEYS, (active - empty) / KEYS, (compared - active) / KEYS);
        if (tables.find("nobody") != null || limits.size() < KEYS || bare.size() < KEYS) {
            throw new AssertionError("all of it was needed until here");
        }
    }

    private static long used() {
        for (int i = 0; i < 5; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
