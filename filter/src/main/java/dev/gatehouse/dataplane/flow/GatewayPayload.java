package dev.gatehouse.dataplane.flow;

import dev.gatehouse.dataplane.snapshot.ResponseType;
import dev.gatehouse.http.Payload;
import dev.gatehouse.http.PayloadTooLargeException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The client's body within the gateway's limit. */
record GatewayPayload(Payload payload) {

    /** API Gateway quotas: payload size. */
    static final int LIMIT = 10_485_760;

    boolean isEmpty() {
        return payload.declaredLength() == 0;
    }

    /** @return as received; fails with {@link PayloadTooLargeException} beyond the limit, before anything is read if possible */
    CompletionStage<byte[]> read() {
        if (isEmpty()) {
            return CompletableFuture.completedFuture(new byte[0]);
        }
        return payload.declaredLength() > LIMIT
                ? CompletableFuture.failedFuture(new PayloadTooLargeException(LIMIT))
                : payload.read(LIMIT);
    }

    static Refusal tooLarge() {
        return Refusal.of(ResponseType.REQUEST_TOO_LARGE, "HTTP content length exceeded " + LIMIT + " bytes.");
    }
}
