package dev.gatehouse.engine.redis;

import dev.gatehouse.engine.limit.Claim;
import dev.gatehouse.engine.limit.ClusterLimits;
import dev.gatehouse.engine.limit.ClusterSettings;
import dev.gatehouse.engine.limit.Fallback;
import dev.gatehouse.engine.limit.Level;
import dev.gatehouse.engine.limit.Limit;
import dev.gatehouse.engine.limit.Limits;
import dev.gatehouse.engine.limit.MemoryJournal;
import dev.gatehouse.engine.limit.Quota;
import dev.gatehouse.engine.limit.QuotaPeriod;
import dev.gatehouse.engine.limit.Rate;
import dev.gatehouse.engine.limit.Sharing;
import dev.gatehouse.engine.limit.Terms;
import dev.gatehouse.engine.limit.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What it costs to decide about a call with a quota and a throttle of the plan: by a node alone, and together with others
 * through a Redis on the same machine, one call at a time. {@code ping} is the round trip without any work.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SharingBenchmark {

    private RedisServer server;
    private RedisLine line;
    private ClusterLimits cluster;

    private final List<Limit> common = List.of(new Limit(Level.METHOD, "method", new Rate(1e8, 2_000_000_000)));

    @Setup
    public void start() throws Exception {
        server = RedisServer.start();
        line = Redis.open(server.settings(Duration.ofSeconds(10)));
        RedisLines.awaitConnected(line);
        cluster = node(Sharing.EXACT);
    }

    private ClusterLimits node(Sharing sharing) throws Exception {
        return new ClusterLimits(
                new Limits(Clock.systemUTC(), System::nanoTime, new MemoryJournal()),
                new RedisCounters(line),
                new ClusterSettings(
                        new Terms(sharing, Fallback.REFUSE), 3, 10, Duration.ofSeconds(1), Duration.ofSeconds(10)),
                "node");
    }

    @TearDown
    public void stop() throws Exception {
        cluster.close();
        server.close();
    }

    private Verdict admit(Sharing sharing, List<Limit> limits) {
        Claim claim = new Claim(
                sharing.name(),
                "key",
                new Quota(Integer.MAX_VALUE, QuotaPeriod.DAY, 0),
                null,
                new Limit(Level.CLIENT, sharing.name(), new Rate(1e8, 2_000_000_000)),
                new Terms(sharing, Fallback.REFUSE));
        Verdict verdict = cluster.admit(claim, limits).join();
        if (!verdict.permitted()) {
            throw new IllegalStateException(verdict.toString());
        }
        return verdict;
    }

    @Benchmark
    public Verdict local() {
        return admit(Sharing.LOCAL, List.of());
    }

    @Benchmark
    public Verdict leased() {
        return admit(Sharing.LEASED, List.of());
    }

    @Benchmark
    public Verdict exact() {
        return admit(Sharing.EXACT, List.of());
    }

    @Benchmark
    public Verdict exactWithMethod() {
        return admit(Sharing.EXACT, common);
    }

    @Benchmark
    public String ping() throws Exception {
        return line.ask(redis -> redis.ping()).toCompletableFuture().get();
    }
}
