package dev.gatehouse.dataplane.flow;

import dev.gatehouse.dataplane.flow.Phase.Matched;
import dev.gatehouse.dataplane.flow.Phase.Received;
import dev.gatehouse.dataplane.snapshot.CompiledIntegration;
import dev.gatehouse.dataplane.snapshot.ResponseType;
import dev.gatehouse.http.Payload;
import dev.gatehouse.http.PayloadTooLargeException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Takes the body in, up to Amazon's limit and decompressed; what streams to the application stays where it is. */
final class ReceiveStep {

    /** API Gateway quotas: payload size. */
    static final int LIMIT = 10_485_760;

    private static final byte[] NONE = new byte[0];

    CompletionStage<Outcome<Received>> receive(Matched matched) {
        Payload payload = matched.arrived().request().payload();
        if (streams(matched.method().integration()) || payload.declaredLength() == 0) {
            return CompletableFuture.completedFuture(Outcome.passed(new Received(matched, NONE)));
        }
        if (payload.declaredLength() > LIMIT) {
            return CompletableFuture.completedFuture(Outcome.refused(tooLarge()));
        }
        return payload.read(LIMIT)
                .handle((body, failure) -> failure == null ? received(matched, body) : failed(failure));
    }

    private static boolean streams(CompiledIntegration integration) {
        return integration instanceof CompiledIntegration.Unmatched
                || integration instanceof CompiledIntegration.Application application && application.proxy();
    }

    private static Outcome<Received> received(Matched matched, byte[] body) {
        String coding = matched.arrived().headers().last("Content-Encoding");
        try {
            return Outcome.passed(new Received(matched, Decompression.of(coding, body, LIMIT)));
        } catch (PayloadTooLargeException e) {
            return Outcome.refused(tooLarge());
        } catch (Decompression.UnknownCodingException e) {
            return Outcome.refused(
                    Refusal.typed(ResponseType.UNSUPPORTED_MEDIA_TYPE, "Unsupported Media Type", e.getMessage()));
        }
    }

    private static Outcome<Received> failed(Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
        if (cause instanceof PayloadTooLargeException) {
            return Outcome.refused(tooLarge());
        }
        throw new CompletionException(cause);
    }

    private static Refusal tooLarge() {
        return Refusal.of(ResponseType.REQUEST_TOO_LARGE, "HTTP content length exceeded " + LIMIT + " bytes.");
    }
}
