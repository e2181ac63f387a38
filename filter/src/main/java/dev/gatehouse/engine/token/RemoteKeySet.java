package dev.gatehouse.engine.token;

import dev.gatehouse.http.BackendReply;
import dev.gatehouse.http.BackendRequest;
import dev.gatehouse.http.Headers;
import dev.gatehouse.http.HttpSender;
import java.net.URI;
import java.security.interfaces.RSAPublicKey;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The key set that one issuer publishes, kept. It is fetched when somebody first wants a key, again when it has become old, and
 * again when a token names a key that is not in it, but never twice within {@link KeySetSettings#pause}: whoever invents names
 * of keys makes no calls. A set that cannot be fetched again is kept, however old it is. Thread-safe; holds no thread while it
 * waits.
 */
final class RemoteKeySet {

    private static final Logger LOG = LoggerFactory.getLogger(RemoteKeySet.class);
    private static final byte[] NO_BODY = new byte[0];

    private final HttpSender http;
    private final URI location;
    private final LongSupplier nanos;
    private final KeySetSettings settings;

    private volatile KeySet current = KeySet.EMPTY;
    private volatile long fetched;
    private CompletableFuture<KeySet> underWay;
    private boolean everTried;
    private long tried;

    RemoteKeySet(HttpSender http, URI location, LongSupplier nanos, KeySetSettings settings) {
        this.http = http;
        this.location = location;
        this.nanos = nanos;
        this.settings = settings;
    }

    /** @return the key as far as it is known without asking anybody; null where it is not */
    RSAPublicKey known(String kid) {
        RSAPublicKey key = current.get(kid);
        if (key != null && isOld()) {
            // nobody waits for it: until it is there, or if it never comes, the one known will do
            refresh();
        }
        return key;
    }

    /** @return the set to look for a key in that is not known; empty where it never could be fetched. Does not fail */
    CompletionStage<KeySet> lookUp() {
        return refresh();
    }

    private boolean isOld() {
        return nanos.getAsLong() - fetched > settings.maxAge().toNanos();
    }

    private CompletableFuture<KeySet> refresh() {
        CompletableFuture<KeySet> mine;
        synchronized (this) {
            if (underWay != null) {
                return underWay;
            }
            long now = nanos.getAsLong();
            if (everTried && now - tried < settings.pause().toNanos()) {
                return CompletableFuture.completedFuture(current);
            }
            everTried = true;
            tried = now;
            mine = new CompletableFuture<>();
            underWay = mine;
        }
        fetch().whenComplete((set, failure) -> {
            if (failure == null) {
                fetched = nanos.getAsLong();
                current = set;
            } else {
                LOG.warn("The key set {} cannot be fetched, {}: {}", location, consequence(), reason(failure));
            }
            synchronized (this) {
                underWay = null;
            }
            mine.complete(current);
        });
        return mine;
    }

    private CompletionStage<KeySet> fetch() {
        try {
            Headers headers = Headers.of("Accept", "application/json");
            return http.send(new BackendRequest("GET", location, headers, NO_BODY, settings.timeout()))
                    .thenApply(this::read);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private KeySet read(BackendReply reply) {
        try {
            if (reply.status() != 200) {
                throw new MalformedKeySetException("the answer has status " + reply.status());
            }
            if (reply.body().length > settings.maxBytes()) {
                throw new MalformedKeySetException("the answer has more than " + settings.maxBytes() + " bytes");
            }
            return KeySet.parse(reply.body());
        } catch (MalformedKeySetException e) {
            throw new CompletionException(e);
        }
    }

    private String consequence() {
        return current.isEmpty() ? "no token of this issuer can be verified" : "the one known is used on";
    }

    private static String reason(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null
                ? failure.getCause().getMessage()
                : failure.toString();
    }
}
