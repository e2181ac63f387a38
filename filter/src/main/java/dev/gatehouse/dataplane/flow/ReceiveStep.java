package dev.gatehouse.dataplane.flow;

import dev.gatehouse.dataplane.flow.Phase.Admitted;
import dev.gatehouse.dataplane.flow.Phase.Received;
import dev.gatehouse.dataplane.snapshot.CompiledIntegration;
import dev.gatehouse.dataplane.snapshot.CompiledMethod;
import dev.gatehouse.dataplane.snapshot.ResponseType;
import dev.gatehouse.http.PayloadTooLargeException;
import java.util.concurrent.CompletionException;

/** Takes the body in, up to Amazon's limit and decompressed; what streams to the application stays where it is. */
final class ReceiveStep {

    private static final byte[] NONE = new byte[0];

    Awaited<Received> receive(Admitted admitted) {
        if (admitted.authorized().raw() != null) {
            return new Awaited.Now<>(received(admitted, admitted.authorized().raw()));
        }
        GatewayPayload payload = new GatewayPayload(admitted.arrived().request().payload());
        if (payload.isEmpty() || streams(admitted.matched().method())) {
            return Awaited.passed(new Received(admitted, NONE));
        }
        return Awaited.of(
                payload.read().handle((body, failure) -> failure == null ? received(admitted, body) : failed(failure)));
    }

    /** What is to be validated has to be here first. */
    private static boolean streams(CompiledMethod method) {
        CompiledIntegration integration = method.integration();
        boolean toApplication = integration instanceof CompiledIntegration.Unmatched
                || integration instanceof CompiledIntegration.Application application && application.proxy();
        return toApplication && method.validation().models().isEmpty();
    }

    private static Outcome<Received> received(Admitted admitted, byte[] body) {
        String coding = admitted.arrived().headers().last("Content-Encoding");
        try {
            return Outcome.passed(new Received(admitted, Decompression.of(coding, body, GatewayPayload.LIMIT)));
        } catch (PayloadTooLargeException e) {
            return Outcome.refused(GatewayPayload.tooLarge());
        } catch (Decompression.UnknownCodingException e) {
            return Outcome.refused(
                    Refusal.typed(ResponseType.UNSUPPORTED_MEDIA_TYPE, "Unsupported Media Type", e.getMessage()));
        }
    }

    private static Outcome<Received> failed(Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
        if (cause instanceof PayloadTooLargeException) {
            return Outcome.refused(GatewayPayload.tooLarge());
        }
        throw new CompletionException(cause);
    }
}
