package dev.gatehouse.engine.token;

/** What became of a token. */
public sealed interface TokenVerification {

    /** Signature, issuer and dates are right. */
    record Verified(TokenIssuer issuer, Claims claims) implements TokenVerification {}

    /**
     * The token proves nothing.
     *
     * @param expired whether its date is the only thing wrong with it
     * @param detail one sentence for a log; has nothing of the token in it
     */
    record Rejected(boolean expired, String detail) implements TokenVerification {}

    /**
     * Nobody can say: the issuer's keys cannot be had.
     *
     * @param detail one sentence for a log
     */
    record Unverifiable(String detail) implements TokenVerification {}
}
