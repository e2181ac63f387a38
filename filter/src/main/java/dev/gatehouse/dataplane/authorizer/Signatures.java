package dev.gatehouse.dataplane.authorizer;

import dev.gatehouse.dataplane.authorizer.Denial.Reason;
import dev.gatehouse.engine.signature.SignedRequest;
import dev.gatehouse.engine.signature.Verification.Rejected;
import dev.gatehouse.http.GatewayRequest;

/** Between the gateway's words and those of the signature engine. */
final class Signatures {

    private Signatures() {}

    /** As the client wrote it: verb and path are those that it sent, whatever the gateway made of them. */
    static SignedRequest.Head head(GatewayRequest request) {
        return new SignedRequest.Head(
                request.sent().method(), request.host(), request.sent().path(), request.query(), request.headers());
    }

    /** Source of the types: the developer guide's and observed answers; an unknown key is no signature's fault. */
    static Denial denial(Rejected<?> rejected) {
        Reason reason = switch (rejected.kind()) {
            case MISSING_AUTHENTICATION_TOKEN -> Reason.MISSING_AUTHENTICATION_TOKEN;
            case INCOMPLETE_SIGNATURE, INVALID_SIGNATURE -> Reason.INVALID_SIGNATURE;
            case UNRECOGNIZED_CLIENT -> Reason.ACCESS_DENIED;
            case EXPIRED_TOKEN -> Reason.EXPIRED_TOKEN;
        };
        return new Denial(reason, rejected.kind().errorType(), rejected.message(), rejected.message());
    }
}
