package dev.gatehouse.engine.aws;

import dev.gatehouse.http.BackendReply;
import java.util.concurrent.CompletionStage;

/** Signs calls to AWS services and sends them. Implementations are thread-safe and never block the caller. */
@FunctionalInterface
public interface ServiceSender {

    /**
     * @return the answer, errors of the service included; fails with {@link dev.gatehouse.http.BackendException} or {@link
     *     CredentialsException} only
     */
    CompletionStage<BackendReply> send(ServiceCall call);
}
