package dev.gatehouse.engine.aws;

import dev.gatehouse.engine.aws.Sts.Session;
import dev.gatehouse.engine.signature.Credentials;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * A role's temporary credentials, kept until shortly before they end. While they are still good and new ones are on their way,
 * calls go on with the old; one request for new ones is under way at a time, however many wait.
 */
final class AssumedRole implements CredentialSource {

    /** A call may take some minutes, and clocks differ. */
    private static final Duration MARGIN = Duration.ofMinutes(5);

    private final Supplier<CompletionStage<Session>> sts;
    private final InstantSource clock;
    private volatile Session session;
    private CompletableFuture<Session> renewal;

    AssumedRole(Supplier<CompletionStage<Session>> sts, InstantSource clock) {
        this.sts = sts;
        this.clock = clock;
    }

    @Override
    public CompletionStage<Credentials> current() {
        Session known = session;
        Instant now = clock.instant();
        if (known != null && now.isBefore(known.expiration().minus(MARGIN))) {
            return CompletableFuture.completedFuture(known.credentials());
        }
        CompletionStage<Session> renewed = renew();
        return known != null && now.isBefore(known.expiration())
                ? CompletableFuture.completedFuture(known.credentials())
                : renewed.thenApply(Session::credentials);
    }

    private synchronized CompletionStage<Session> renew() {
        if (renewal == null || renewal.isDone()) {
            renewal = sts.get()
                    .whenComplete((found, failure) -> {
                        if (found != null) {
                            session = found;
                        }
                    })
                    .toCompletableFuture();
        }
        return renewal;
    }
}
