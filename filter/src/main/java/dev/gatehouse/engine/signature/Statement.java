package dev.gatehouse.engine.signature;

/**
 * What a signer says in each request of a day: a claim without time, signature and session token. Its texts are kept as the
 * bytes that a canonical request needs.
 *
 * @param accessKeyId who claims to have signed
 * @param date of the scope, as sent; the others of the scope, too
 * @param signedHeaders in the order in which they are signed; one too many where there are more than {@link #MOST_HEADERS}
 * @param scopeLine date, region, service and terminator, a slash between them and a line feed behind
 * @param headersLine a line feed, the names of the signed headers with a semicolon between them, a line feed
 */
record Statement(
        String accessKeyId,
        String date,
        String region,
        String service,
        String terminator,
        SignedName[] signedHeaders,
        byte[] scopeLine,
        byte[] headersLine) {

    static final int MOST_HEADERS = 256;

    /**
     * @param credential five parts, a slash between them
     * @param signedHeaders names with a semicolon between them, as sent
     */
    static Statement of(String credential, String signedHeaders) {
        String[] parts = credential.split("/", -1);
        String scope = credential.substring(parts[0].length() + 1);
        String names = lowerCase(signedHeaders);
        return new Statement(
                parts[0],
                parts[1],
                parts[2],
                parts[3],
                parts[4],
                SignedName.all(names),
                SigningScope.utf8(scope + "\n"),
                SigningScope.utf8("\n" + names + "\n"));
    }

    /** Whether the name under which the client called us is signed. */
    boolean signsHost() {
        for (SignedName name : signedHeaders) {
            if (name.host()) {
                return true;
            }
        }
        return false;
    }

    /** Of ASCII: other letters have no lower case in HTTP. */
    private static String lowerCase(String names) {
        StringBuilder lower = new StringBuilder(names.length());
        names.chars().forEach(c -> lower.append((char) (c >= 'A' && c <= 'Z' ? c + 32 : c)));
        return lower.toString();
    }

    /** A header that is signed. */
    static final class SignedName {

        private final String text;
        private final byte[] line;
        private final boolean host;

        /** As it was spelled last: whoever sees another one compares more slowly. */
        private String spelling;

        private SignedName(String text) {
            this.text = text;
            this.line = SigningScope.utf8(text + ":");
            this.host = text.equals("host") || text.equals(":authority");
            this.spelling = text;
        }

        private static SignedName[] all(String names) {
            String[] texts = names.split(";", MOST_HEADERS + 1);
            SignedName[] all = new SignedName[texts.length];
            for (int i = 0; i < texts.length; i++) {
                all[i] = new SignedName(texts[i]);
            }
            return all;
        }

        /** In lower case. */
        String text() {
            return text;
        }

        /** How the header's line in a canonical request begins. */
        byte[] line() {
            return line;
        }

        /** Whether it is the name under which the client called us. */
        boolean host() {
            return host;
        }

        /** @param name as received */
        boolean is(String name) {
            if (name.equals(spelling)) {
                return true;
            }
            boolean same = name.equalsIgnoreCase(text);
            if (same) {
                spelling = name;
            }
            return same;
        }
    }
}
