package dev.gatehouse.http;

import java.util.concurrent.CompletableFuture;

/** A gateway's clients. Implementations are thread-safe. */
@FunctionalInterface
public interface HttpSenders {

    /** @return never null; where there is no such client any more, one whose calls fail */
    HttpSender of(ClientProfile profile);

    /** One client, for calls without VPC link. */
    static HttpSenders internet(HttpSender sender) {
        return profile -> profile.equals(ClientProfile.INTERNET) ? sender : none(profile);
    }

    /** Fails each call as an address that cannot be called. */
    static HttpSender none(ClientProfile profile) {
        return request -> CompletableFuture.failedFuture(
                new BackendException(BackendException.Reason.INVALID_ENDPOINT, "there is no client for " + profile));
    }
}
