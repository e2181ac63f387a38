package dev.gatehouse.engine.signature;

import java.util.function.Function;

/**
 * What became of a signature.
 *
 * @param <P> whom an access key stands for
 */
public sealed interface Verification<P> {

    /**
     * Somebody who knows the secret of that access key signed this request.
     *
     * @param accessKeyId public
     * @param principal as the {@link KeySource} gave it
     * @param scope where and when the signature is good
     */
    record Verified<P>(String accessKeyId, P principal, SigningScope scope) implements Verification<P> {}

    /**
     * Nobody may be assumed to have sent this request.
     *
     * @param kind the error type of AWS
     * @param message for the client, in the words of AWS
     */
    record Rejected<P>(Kind kind, String message) implements Verification<P> {}

    default <R> R fold(Function<Verified<P>, ? extends R> verified, Function<Rejected<P>, ? extends R> rejected) {
        return this instanceof Verified<P> v ? verified.apply(v) : rejected.apply((Rejected<P>) this);
    }

    /** Why a request was rejected. */
    enum Kind {
        /** No signature at all. */
        MISSING_AUTHENTICATION_TOKEN("MissingAuthenticationTokenException"),
        /** Something like a signature, but parts are missing, twice or malformed. */
        INCOMPLETE_SIGNATURE("IncompleteSignatureException"),
        /** A signature, but for another request, time or place, or with another secret. */
        INVALID_SIGNATURE("InvalidSignatureException"),
        /** The access key or its session token is unknown. */
        UNRECOGNIZED_CLIENT("UnrecognizedClientException"),
        /** The temporary credentials are void by now. */
        EXPIRED_TOKEN("ExpiredTokenException");

        private final String errorType;

        Kind(String errorType) {
            this.errorType = errorType;
        }

        /** The name that AWS gives the error, as in the header {@code x-amzn-ErrorType}. */
        public String errorType() {
            return errorType;
        }
    }
}
