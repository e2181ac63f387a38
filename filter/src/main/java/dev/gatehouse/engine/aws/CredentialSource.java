package dev.gatehouse.engine.aws;

import dev.gatehouse.engine.signature.Credentials;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What to sign with, now. Implementations are thread-safe. */
@FunctionalInterface
public interface CredentialSource {

    /**
     * @return good for at least as long as a call takes; fails with {@link CredentialsException} or {@link
     *     dev.gatehouse.http.BackendException} only
     */
    CompletionStage<Credentials> current();

    /** A key pair that never changes. */
    static CredentialSource of(Credentials credentials) {
        return () -> CompletableFuture.completedFuture(credentials);
    }
}
