package dev.gatehouse.engine.signature;

import dev.gatehouse.http.Headers;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.function.BiConsumer;

/**
 * The claim in an {@code Authorization} header: an algorithm, then {@code name=value} with commas or spaces between. The texts
 * are those of AWS front ends, in their newer form that does not repeat the header: it may hold somebody's password.
 */
final class HeaderClaim {

    private String credential;
    private String signedHeaders;
    private String signature;

    private HeaderClaim() {}

    static Claim read(String header, Headers headers) {
        Claim.Unusable repeated = repeated(headers);
        return repeated != null ? repeated : new HeaderClaim().parse(header, headers);
    }

    /** @return null where no header that decides is there twice */
    static Claim.Unusable repeated(Headers headers) {
        Repetition repetition = new Repetition();
        headers.forEach(repetition);
        return repetition.name == null
                ? null
                : Claim.incomplete("The header '" + repetition.name + "' must not be sent more than once.");
    }

    private Claim parse(String header, Headers headers) {
        int space = header.indexOf(' ');
        Claim.Unusable broken = parameters(header, space < 0 ? 0 : space + 1);
        if (broken != null) {
            return broken;
        }
        String date = headers.first("X-Amz-Date");
        if (date == null) {
            date = headers.first("Date");
        }
        if (credential == null || signature == null || signedHeaders == null || date == null) {
            return missing(header, date);
        }
        if (!header.startsWith(SigningScope.ALGORITHM + " ")) {
            return Claim.incomplete("Unsupported AWS 'algorithm': '" + header.substring(0, Math.max(0, space)) + "'.");
        }
        Claim.Unusable malformed = Claim.malformed(credential);
        if (malformed != null) {
            return malformed;
        }
        Timestamp timestamp = Timestamp.parse(date);
        if (timestamp == null) {
            return Timestamp.malformed(date);
        }
        return new Claim.Stated(
                false,
                credential.substring(0, credential.indexOf('/')),
                credential,
                signedHeaders,
                signature,
                timestamp,
                0,
                headers.first("X-Amz-Security-Token"));
    }

    private Claim.Unusable parameters(String header, int from) {
        int start = from;
        int comma = -1;
        int blank = -1;
        int tab = -1;
        while (start < header.length()) {
            comma = comma < start ? next(header, ',', start) : comma;
            blank = blank < start ? next(header, ' ', start) : blank;
            tab = tab < start ? next(header, '\t', start) : tab;
            int end = Math.min(comma, Math.min(blank, tab));
            if (end > start) {
                Claim.Unusable broken = parameter(header, start, end);
                if (broken != null) {
                    return broken;
                }
            }
            start = end + 1;
        }
        return null;
    }

    /** Looked for by the platform, many characters at a time. */
    private static int next(String header, char separator, int from) {
        int found = header.indexOf(separator, from);
        return found < 0 ? header.length() : found;
    }

    private Claim.Unusable parameter(String header, int start, int end) {
        int equals = header.indexOf('=', start);
        if (equals < 0 || equals >= end) {
            return Claim.incomplete("Invalid key=value pair (missing equal-sign) in Authorization header"
                    + " (hashed with SHA-256 and encoded with Base64): '" + hash(header) + "'.");
        }
        String value = header.substring(equals + 1, end);
        boolean twice = false;
        if (header.startsWith("Credential", start) && equals - start == 10) {
            twice = credential != null;
            credential = value;
        } else if (header.startsWith("SignedHeaders", start) && equals - start == 13) {
            twice = signedHeaders != null;
            signedHeaders = value;
        } else if (header.startsWith("Signature", start) && equals - start == 9) {
            twice = signature != null;
            signature = value;
        }
        return twice
                ? Claim.incomplete(
                        "Authorization header has more than one '" + header.substring(start, equals) + "' parameter.")
                : null;
    }

    private Claim.Unusable missing(String header, String date) {
        StringBuilder message = new StringBuilder();
        require(credential, "'Credential' parameter. ", message);
        require(signature, "'Signature' parameter. ", message);
        require(signedHeaders, "'SignedHeaders' parameter. ", message);
        require(date, "existence of either a 'X-Amz-Date' or a 'Date' header. ", message);
        return Claim.incomplete(
                message + "(Hashed with SHA-256 and encoded with Base64) Authorization=" + hash(header));
    }

    private static void require(String value, String what, StringBuilder message) {
        if (value == null) {
            message.append("Authorization header requires ").append(what);
        }
    }

    private static String hash(String header) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(SigningScope.utf8(header)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Two of them could be read in two ways: by us, and by whoever looked at the request before. */
    private static final class Repetition implements BiConsumer<String, String> {

        private static final String[] ONCE = {
            "Authorization", "Host", "X-Amz-Date", "Date", "X-Amz-Security-Token", "X-Amz-Content-Sha256"
        };

        private int seen;
        private String name;

        @Override
        public void accept(String header, String value) {
            for (int i = 0; i < ONCE.length; i++) {
                if (ONCE[i].equalsIgnoreCase(header)) {
                    name = (seen & 1 << i) == 0 ? name : ONCE[i];
                    seen |= 1 << i;
                }
            }
        }
    }
}
