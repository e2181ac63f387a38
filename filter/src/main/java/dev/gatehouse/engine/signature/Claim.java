package dev.gatehouse.engine.signature;

import dev.gatehouse.engine.signature.Verification.Kind;

/** What a request says of its own signature, wherever in the request it says so. */
sealed interface Claim {

    /**
     * Complete, and to be proven.
     *
     * @param presigned whether it stands in the query
     * @param accessKeyId who claims to have signed
     * @param credential access key, date, region, service and terminator, a slash between them
     * @param signedHeaders names with a semicolon between them, as sent
     * @param signature as sent
     * @param timestamp when it was signed, in the basic format
     * @param expires how many seconds a presigned request is good; 0 where it stands in the header
     * @param sessionToken null where there is none
     */
    record Stated(
            boolean presigned,
            String accessKeyId,
            String credential,
            String signedHeaders,
            String signature,
            Timestamp timestamp,
            int expires,
            String sessionToken)
            implements Claim {}

    /** Nothing that could be proven. */
    record Unusable(Kind kind, String message) implements Claim {}

    /** Reads the claim of a request: in its header, else in its query. */
    static Claim of(SignedRequest.Head request) {
        QueryClaim query = QueryClaim.in(request.rawQuery());
        String header = request.headers().first("Authorization");
        if (header == null) {
            return query == null
                    ? new Unusable(Kind.MISSING_AUTHENTICATION_TOKEN, "Missing Authentication Token")
                    : query.read(request.headers());
        }
        return query == null
                ? HeaderClaim.read(header, request.headers())
                : incomplete(
                        "Only one of the Authorization header and the 'X-Amz-Signature' query parameter may be sent.");
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
