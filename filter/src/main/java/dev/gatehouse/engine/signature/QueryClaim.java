package dev.gatehouse.engine.signature;

import java.util.HashMap;
import java.util.Map;

/** The claim of a presigned request, in the {@code X-Amz-} parameters of its query. */
final class QueryClaim {

    private static final int WEEK = 7 * 24 * 60 * 60;
    private static final String[] REQUIRED = {
        "X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Signature", "X-Amz-SignedHeaders", "X-Amz-Date", "X-Amz-Expires"
    };

    private final Map<String, String> parameters;
    private final String twice;

    private QueryClaim(Map<String, String> parameters, String twice) {
        this.parameters = parameters;
        this.twice = twice;
    }

    /** @return null where the query claims nothing */
    static QueryClaim in(String rawQuery) {
        if (rawQuery == null) {
            return null;
        }
        Map<String, String> parameters = null;
        String twice = null;
        int start = 0;
        while (start <= rawQuery.length()) {
            int end = rawQuery.indexOf('&', start);
            end = end < 0 ? rawQuery.length() : end;
            // an encoded name is a name all the same
            if (start < end && (rawQuery.charAt(start) == 'X' || rawQuery.charAt(start) == '%')) {
                int equals = rawQuery.indexOf('=', start);
                equals = equals < 0 || equals > end ? end : equals;
                String name = PercentEncoding.decode(rawQuery.substring(start, equals));
                String value = PercentEncoding.decode(rawQuery.substring(Math.min(equals + 1, end), end));
                if (name.startsWith("X-Amz-")) {
                    parameters = parameters == null ? new HashMap<>() : parameters;
                    twice = parameters.put(name, value) != null ? name : twice;
                }
            }
            start = end + 1;
        }
        boolean claims = parameters != null
                && (parameters.containsKey("X-Amz-Signature")
                        || parameters.containsKey("X-Amz-Algorithm")
                        || parameters.containsKey("X-Amz-Credential"));
        return claims ? new QueryClaim(parameters, twice) : null;
    }

    Claim read() {
        if (twice != null) {
            return Claim.incomplete("The query parameter '" + twice + "' must not be sent more than once.");
        }
        StringBuilder missing = new StringBuilder();
        for (String name : REQUIRED) {
            if (!parameters.containsKey(name)) {
                missing.append("AWS query-string parameters must include '")
                        .append(name)
                        .append("'. ");
            }
        }
        if (missing.length() > 0) {
            return Claim.incomplete(missing + "Re-examine the query-string parameters.");
        }
        return checked();
    }

    private Claim checked() {
        String algorithm = parameters.get("X-Amz-Algorithm");
        if (!algorithm.equals(SigningScope.ALGORITHM)) {
            return Claim.incomplete("Unsupported AWS 'algorithm': '" + algorithm + "'.");
        }
        String credential = parameters.get("X-Amz-Credential");
        Claim.Unusable malformed = Claim.malformed(credential);
        if (malformed != null) {
            return malformed;
        }
        Timestamp timestamp = Timestamp.parse(parameters.get("X-Amz-Date"));
        if (timestamp == null) {
            return Timestamp.malformed(parameters.get("X-Amz-Date"));
        }
        int expires = seconds(parameters.get("X-Amz-Expires"));
        if (expires < 1) {
            return Claim.incomplete("'X-Amz-Expires' must be a whole number of seconds from 1 to " + WEEK + ".");
        }
        return new Claim.Stated(
                true,
                Statement.of(credential, parameters.get("X-Amz-SignedHeaders")),
                Hexadecimal.digest(parameters.get("X-Amz-Signature"), 0),
                timestamp,
                expires,
                parameters.get("X-Amz-Security-Token"));
    }

    /** @return 0 for anything but 1 to a week */
    private static int seconds(String text) {
        int seconds = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            seconds = c < '0' || c > '9' ? WEEK + 1 : seconds * 10 + (c - '0');
            if (seconds > WEEK) {
                return 0;
            }
        }
        return seconds;
    }
}
