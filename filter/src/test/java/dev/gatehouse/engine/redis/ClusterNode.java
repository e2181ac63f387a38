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
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A node of a cluster; as a program, a process that races when it is told to. */
public final class ClusterNode implements AutoCloseable {

    final ClusterLimits limits;
    final RedisLine line;

    ClusterNode(RedisSettings settings, ClusterSettings cluster, String id) throws Exception {
        line = Redis.open(settings);
        RedisLines.awaitConnected(line);
        limits = new ClusterLimits(
                new Limits(Clock.systemUTC(), System::nanoTime, new MemoryJournal()),
                new RedisCounters(line),
                cluster,
                id);
    }

    static ClusterSettings settings(Sharing sharing, Fallback fallback, int nodes, Duration timeout) {
        return new ClusterSettings(new Terms(sharing, fallback), nodes, 10, Duration.ofMillis(300), timeout);
    }

    static Claim quota(String plan, int limit) {
        return new Claim(plan, "key", new Quota(limit, QuotaPeriod.MONTH, 0), null, null);
    }

    static Claim throttle(String plan, int burst) {
        return new Claim(plan, "key", null, null, new Limit(Level.CLIENT, plan, new Rate(0.0001, burst)));
    }

    static Limit account(int burst) {
        return new Limit(Level.ACCOUNT, "account", new Rate(0.0001, burst));
    }

    boolean passes(Claim claim, Limit... common) {
        return limits.admit(claim, List.of(common)).join().permitted();
    }

    int passed(Claim claim, int calls, Limit... common) {
        int passed = 0;
        for (int i = 0; i < calls; i++) {
            passed += passes(claim, common) ? 1 : 0;
        }
        return passed;
    }

    /** Many threads at once. */
    int race(Claim claim, int calls, Limit... common) throws Exception {
        int threads = 20;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<Integer>> racers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                racers.add(() -> passed(claim, calls / threads, common));
            }
            int passed = 0;
            for (Future<Integer> one : pool.invokeAll(racers)) {
                passed += one.get();
            }
            return passed;
        } finally {
            pool.shutdownNow();
        }
    }

    @Override
    public void close() {
        limits.close();
    }

    /** Arguments: address and nodes. Each line that comes in is a race: sharing, quota or throttle, plan, limit, calls. */
    public static void main(String[] arguments) throws Exception {
        RedisSettings settings =
                new RedisSettings(URI.create(arguments[0]), null, null, null, Duration.ofSeconds(20), "gatehouse:");
        ClusterSettings cluster =
                settings(Sharing.EXACT, Fallback.REFUSE, Integer.parseInt(arguments[1]), Duration.ofSeconds(20));
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (ClusterNode node = new ClusterNode(settings, cluster, arguments[2])) {
            System.out.println("ready");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] race = line.split(" ");
                int limit = Integer.parseInt(race[3]);
                Claim claim = race[1].equals("quota") ? quota(race[2], limit) : throttle(race[2], limit);
                Terms terms = new Terms(Sharing.valueOf(race[0]), Fallback.REFUSE);
                System.out.println(node.race(
                        new Claim(claim.planId(), claim.keyId(), claim.quota(), null, claim.client(), terms),
                        Integer.parseInt(race[4])));
            }
        }
    }
}
