package dev.gatehouse.engine.signature;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;

/**
 * The claim in an {@code Authorization} header: an algorithm, then {@code name=value} with commas or spaces between. The texts
 * are those of AWS front ends, in their newer form that does not repeat the header: it may hold somebody's password.
 */
final class HeaderClaim {

    private static final String SIGNATURE = "Signature=";

    private String credential;
    private String signedHeaders;
    private String signature;

    private HeaderClaim() {}

    static Claim read(DecidingHeaders headers, Statements known) {
        String header = headers.authorization();
        int signature = header.length() - Hexadecimal.DIGITS;
        byte[] digest = Hexadecimal.digest(header, Math.max(0, signature));
        String date = date(headers);
        Statement statement = digest == null || date == null ? null : known.find(header, signature);
        return statement == null
                ? new HeaderClaim().parse(headers, known)
                : stated(statement, digest, date, headers.securityToken());
    }

    private Claim parse(DecidingHeaders headers, Statements known) {
        String header = headers.authorization();
        int space = header.indexOf(' ');
        Claim.Unusable broken = parameters(header, space < 0 ? 0 : space + 1);
        if (broken != null) {
            return broken;
        }
        String date = date(headers);
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
        Statement statement = Statement.of(credential, signedHeaders);
        byte[] digest = Hexadecimal.digest(signature, 0);
        if (digest != null && endsWithSignature(header)) {
            known.remember(header, header.length() - Hexadecimal.DIGITS, statement);
        }
        return stated(statement, digest, date, headers.securityToken());
    }

    /** Only then is the text before it all that the rest of the claim depends on. */
    private static boolean endsWithSignature(String header) {
        int name = header.length() - Hexadecimal.DIGITS - SIGNATURE.length();
        return header.startsWith(SIGNATURE, name) && " \t,".indexOf(header.charAt(name - 1)) >= 0;
    }

    private static String date(DecidingHeaders headers) {
        return headers.amzDate() == null ? headers.date() : headers.amzDate();
    }

    private static Claim stated(Statement statement, byte[] signature, String date, String sessionToken) {
        Timestamp timestamp = Timestamp.parse(date);
        return timestamp == null
                ? Timestamp.malformed(date)
                : new Claim.Stated(false, statement, signature, timestamp, 0, sessionToken);
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
}
