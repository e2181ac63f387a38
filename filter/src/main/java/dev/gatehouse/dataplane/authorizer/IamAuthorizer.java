package dev.gatehouse.dataplane.authorizer;

import dev.gatehouse.dataplane.authorizer.Finding.Found;
import dev.gatehouse.dataplane.authorizer.Finding.Signer;
import dev.gatehouse.engine.expression.CallContext;
import dev.gatehouse.engine.identity.Identity;
import dev.gatehouse.engine.policy.PolicyQuery;
import dev.gatehouse.engine.signature.SigV4Verifier;
import dev.gatehouse.engine.signature.SigV4Verifier.Opened;
import dev.gatehouse.engine.signature.Verification;
import dev.gatehouse.engine.signature.Verification.Kind;
import dev.gatehouse.engine.signature.Verification.Rejected;
import dev.gatehouse.engine.signature.Verification.Verified;
import dev.gatehouse.http.GatewayRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** {@code AWS_IAM}: who signed the request, and what the signer's own policies allow. */
public final class IamAuthorizer implements Authorizer {

    private final SigV4Verifier<Identity> signatures;

    /** @param signatures for the service {@code execute-api}, in the API's region */
    public IamAuthorizer(SigV4Verifier<Identity> signatures) {
        this.signatures = signatures;
    }

    @Override
    public Finding examine(AccessQuery query) {
        GatewayRequest request = query.request();
        Opened<Identity> opened = signatures.open(Signatures.head(request));
        if (opened.rejection() != null) {
            return refused(opened.rejection());
        }
        if (isAmbiguous(request.query())) {
            return refused(new Rejected<>(
                    Kind.INVALID_SIGNATURE,
                    "The query string of a signed request must not hold a bare semicolon: it is %3B in a value and &"
                            + " between parameters."));
        }
        CompletionStage<byte[]> body = query.body();
        CompletableFuture<byte[]> read = body.toCompletableFuture();
        return read.isDone() && !read.isCompletedExceptionally()
                ? proven(query, opened, read.join())
                : new Finding.Pending(body.thenApply(bytes -> proven(query, opened, bytes)));
    }

    /** A signature covers it as a part of a value, and the gateway reads it as the end of one. */
    private static boolean isAmbiguous(String rawQuery) {
        return rawQuery != null && rawQuery.indexOf(';') >= 0;
    }

    private static Finding proven(AccessQuery query, Opened<Identity> opened, byte[] body) {
        Verification<Identity> verification = opened.prove(body);
        return verification.fold(verified -> found(query, verified), IamAuthorizer::refused);
    }

    private static Finding found(AccessQuery query, Verified<Identity> verified) {
        Identity identity = verified.principal();
        PolicyQuery asked = identity.query(Circumstances.INVOKE, query.methodArn(), () -> Circumstances.of(query));
        CallContext.Caller caller = new CallContext.Caller(
                verified.accessKeyId(),
                identity.account(),
                identity.userId(),
                identity.userId(),
                identity.arn(),
                null,
                null);
        return new Found(
                CallerFacts.signed(caller, identity), identity.decide(asked).verdict(), new Signer(identity, asked));
    }

    private static Finding refused(Rejected<Identity> rejected) {
        return Finding.Refused.of(Signatures.denial(rejected));
    }
}
