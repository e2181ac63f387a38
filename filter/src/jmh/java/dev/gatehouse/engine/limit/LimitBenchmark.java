package dev.gatehouse.engine.limit;

import dev.gatehouse.dataplane.snapshot.AccessTable;
import dev.gatehouse.dataplane.snapshot.AccessTables;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What keys cost where there are many: finding one, and counting a call against a quota and a throttle, beside a limiter of
 * Resilience4j for each key. Calls come from the callers in no order, which is the worst for the processor's caches where all call.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LimitBenchmark {

    private static final int CALLS = 1 << 20;

    @Param({"1", "100", "1000000"})
    int keys;

    /** How many of the keys somebody calls with: what does not fit into the processor's caches costs more, however it is kept. */
    @Param({"100", "1000000"})
    int callers;

    private AccessTables tables;
    private Limits limits;
    private RateLimiter one;
    private Map<String, RateLimiter> many;
    private String[] ids;
    private Claim[] claims;
    private int[] order;
    private int next;

    @Setup
    public void prepare() throws IOException {
        limits = new Limits(InstantSource.system(), System::nanoTime, new MemoryJournal());
        tables = new AccessTables(List.of(Population.table(keys)));
        claims = new Claim[keys];
        ids = new String[keys];
        many = new ConcurrentHashMap<>();
        RateLimiterConfig config = RateLimiterConfig.custom()
                .limitForPeriod(1_000_000)
                .limitRefreshPeriod(Duration.ofMillis(1))
                .timeoutDuration(Duration.ZERO)
                .build();
        one = RateLimiter.of("one", config);
        for (int i = 0; i < keys; i++) {
            claims[i] = Population.claim(i);
            ids[i] = claims[i].keyId();
            many.put(ids[i], RateLimiter.of(ids[i], config));
            limits.admit(claims[i], List.of());
        }
        limits.flush();
        // callers stand anywhere among the keys
        int[] calling = new Random(7).ints(Math.min(callers, keys), 0, keys).toArray();
        order = new Random(42).ints(CALLS, 0, calling.length).map(one -> calling[one]).toArray();
    }

    private int key() {
        next = next + 1 & CALLS - 1;
        return order[next];
    }

    /** From the value in the header to the key, SHA-256 included. */
    @Benchmark
    public AccessTable.Client find() {
        return tables.find(Population.value(key()));
    }

    /** The value as a text, for the row above. */
    @Benchmark
    public String valueAlone() {
        return Population.value(key());
    }

    @Benchmark
    public Verdict admit() {
        return limits.admit(claims[key()], List.of());
    }

    @Benchmark
    public boolean resilience4jAmongMany() {
        return many.get(ids[key()]).acquirePermission();
    }

    @Benchmark
    public boolean resilience4jBare() {
        return one.acquirePermission();
    }
}
