package dev.gatehouse.engine.redis;

import java.util.concurrent.TimeUnit;

/** Waits for servers. */
public final class RedisLines {

    private RedisLines() {}

    /** Until it answers. */
    public static void awaitConnected(RedisLine line) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (true) {
            try {
                line.ask(redis -> redis.ping()).toCompletableFuture().get(5, TimeUnit.SECONDS);
                return;
            } catch (Exception e) {
                if (System.nanoTime() - deadline > 0) {
                    throw e;
                }
                line.connect();
                Thread.onSpinWait();
            }
        }
    }
}
