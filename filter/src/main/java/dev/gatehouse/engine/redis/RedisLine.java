package dev.gatehouse.engine.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection to Redis that comes back by itself, and that fails at once what it cannot send. Thread-safe. It speaks RESP3 where the
 * server does, else RESP2.
 *
 * <p>Not there yet when it is made: a gateway starts without its Redis, too.
 */
public final class RedisLine implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RedisLine.class);
    private static final Duration HANDSHAKE = Duration.ofSeconds(2);

    private final RedisSettings settings;
    private final ClientResources resources;
    private final RedisClient client;
    private final RedisURI uri;

    private CompletableFuture<StatefulRedisConnection<String, String>> connecting;
    private volatile StatefulRedisConnection<String, String> connection;
    private volatile boolean closed;

    private RedisLine(RedisSettings settings) {
        this.settings = settings;
        this.uri = uri(settings);
        this.resources = ClientResources.builder()
                .ioThreadPoolSize(2)
                .computationThreadPoolSize(2)
                .reconnectDelay(Delay.constant(Duration.ofMillis(200)))
                .build();
        this.client = RedisClient.create(resources);
        client.setOptions(options(settings));
    }

    static RedisLine start(RedisSettings settings) {
        RedisLine line = new RedisLine(settings);
        line.connect();
        return line;
    }

    private static RedisURI uri(RedisSettings settings) {
        RedisURI uri = RedisURI.create(settings.uri());
        uri.setTimeout(HANDSHAKE);
        if (settings.password() != null) {
            uri.setCredentialsProvider(
                    settings.username() == null
                            ? io.lettuce.core.RedisCredentialsProvider.from(() -> io.lettuce.core.RedisCredentials.just(
                                    null, settings.password().toCharArray()))
                            : io.lettuce.core.RedisCredentialsProvider.from(() -> io.lettuce.core.RedisCredentials.just(
                                    settings.username(), settings.password().toCharArray())));
        }
        return uri;
    }

    private static ClientOptions options(RedisSettings settings) {
        ClientOptions.Builder options = ClientOptions.builder()
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(100_000)
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(HANDSHAKE)
                        .keepAlive(true)
                        .build())
                // who asks decides how long it waits
                .timeoutOptions(TimeoutOptions.builder().timeoutCommands(false).build());
        if (settings.caCertificate() != null) {
            options.sslOptions(SslOptions.builder()
                    .jdkSslProvider()
                    .trustManager(settings.caCertificate().toFile())
                    .build());
        }
        return options.build();
    }

    /** Looks for the server, unless it is there or being looked for. */
    synchronized void connect() {
        if (closed || connection != null || connecting != null && !connecting.isDone()) {
            return;
        }
        connecting = client.connectAsync(StringCodec.UTF8, uri)
                .toCompletableFuture()
                .whenComplete((there, failure) -> {
                    if (there == null) {
                        LOG.debug("Redis at {} cannot be reached", settings, failure);
                    } else if (closed) {
                        there.closeAsync();
                    } else {
                        connection = there;
                    }
                });
    }

    /** Comes when the search that is under way is over, whether it was of use or not. */
    synchronized CompletionStage<Void> sought() {
        return connecting.handle((there, failure) -> null);
    }

    /** Gives a connection up that has been silent for too long: a network that lost it may never say so. */
    synchronized void reconnect() {
        StatefulRedisConnection<String, String> silent = connection;
        connection = null;
        if (silent != null) {
            silent.closeAsync();
        }
        connect();
    }

    <T> CompletionStage<T> ask(Function<RedisAsyncCommands<String, String>, CompletionStage<T>> command) {
        StatefulRedisConnection<String, String> current = connection;
        if (current == null) {
            return CompletableFuture.failedFuture(new IOException("Redis at " + settings + " is not connected"));
        }
        try {
            return command.apply(current.async());
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** @return what the script answers: texts and {@code Long}s */
    CompletionStage<List<Object>> run(RedisScript script, List<String> keys, List<String> arguments) {
        String[] keyArray = prefixed(keys);
        String[] values = arguments.toArray(String[]::new);
        return this.<List<Object>>ask(redis -> redis.evalsha(script.digest(), ScriptOutputType.MULTI, keyArray, values))
                .handle((answer, failure) -> {
                    if (cause(failure) instanceof RedisNoScriptException) {
                        return this.<List<Object>>ask(
                                redis -> redis.eval(script.text(), ScriptOutputType.MULTI, keyArray, values));
                    }
                    return failure == null
                            ? CompletableFuture.completedFuture(answer)
                            : CompletableFuture.<List<Object>>failedFuture(failure);
                })
                .thenCompose(Function.identity());
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private String[] prefixed(List<String> keys) {
        String[] all = new String[keys.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = key(keys.get(i));
        }
        return all;
    }

    String key(String name) {
        return settings.keyPrefix() + name;
    }

    RedisSettings settings() {
        return settings;
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            connection = null;
        }
        try {
            client.shutdownAsync(0, 1, TimeUnit.SECONDS).get(3, TimeUnit.SECONDS);
            resources.shutdown(0, 1, TimeUnit.SECONDS).get(3, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.warn("The connection to Redis at {} did not end in order", settings, e);
        }
    }

    @Override
    public String toString() {
        return "Redis at " + settings;
    }
}
