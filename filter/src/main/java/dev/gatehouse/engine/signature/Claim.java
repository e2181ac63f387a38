package dev.gatehouse.engine.signature;

import dev.gatehouse.engine.signature.Verification.Kind;

/** What a request says of its own signature, wherever in the request it says so. */
sealed interface Claim {

    /**
     * Complete, and to be proven.
     *
     * @param presigned whether it stands in the query
     * @param statement who claims to have signed what
     * @param signature null for what is none by its form: nothing will match it
     * @param timestamp when it was signed, in the basic format
     * @param expires how many seconds a presigned request is good; 0 where it stands in the header
     * @param sessionToken null where there is none
     */
    record Stated(
            boolean presigned,
            Statement statement,
            byte[] signature,
            Timestamp timestamp,
            int expires,
            String sessionToken)
            implements Claim {}

    /** Nothing that could be proven. */
    record Unusable(Kind kind, String message) implements Claim {}

    /**
     * Reads the claim of a request: in its header, else in its query.
     *
     * @param known what was read before, and remembers what is read now
     */
    static Claim of(SignedRequest.Head request, Statements known) {
        QueryClaim query = QueryClaim.in(request.rawQuery());
        DecidingHeaders headers = DecidingHeaders.of(request.headers());
        if (headers.authorization() == null && query == null) {
            return new Unusable(Kind.MISSING_AUTHENTICATION_TOKEN, "Missing Authentication Token");
        }
        if (headers.authorization() != null && query != null) {
            return incomplete(
                    "Only one of the Authorization header and the 'X-Amz-Signature' query parameter may be sent.");
        }
        if (headers.repeated() != null) {
            return incomplete("The header '" + headers.repeated() + "' must not be sent more than once.");
        }
        return query == null ? HeaderClaim.read(headers, known) : query.read();
    }

    static Unusable incomplete(String message) {
        return new Unusable(Kind.INCOMPLETE_SIGNATURE, message);
    }

    /** @return null where the credential has five parts */
    static Unusable malformed(String credential) {
        int slashes = 0;
        for (int i = 0; i < credential.length(); i++) {
            if (credential.charAt(i) == '/') {
                slashes++;
            }
        }
        return slashes == 4
                ? null
                : incomplete("Credential must have exactly 5 slash-delimited elements,"
                        + " e.g. keyid/date/region/service/term, got '" + credential + "'");
    }
}
