package dev.gatehouse.engine.signature;

import dev.gatehouse.http.Headers;

/**
 * The headers that decide about a signature, found in one pass.
 *
 * @param authorization the first of that name, as all of them; null where there is none
 * @param repeated the name of one that is there twice: it could be read in two ways, by us, and by whoever looked at the
 *     request before; null where none is
 */
record DecidingHeaders(String authorization, String amzDate, String date, String securityToken, String repeated) {

    static DecidingHeaders of(Headers headers) {
        String authorization = null;
        String amzDate = null;
        String date = null;
        String securityToken = null;
        String host = null;
        String contentHash = null;
        String repeated = null;
        for (int i = 0; i < headers.size(); i++) {
            String name = headers.name(i);
            String value = headers.value(i);
            switch (name.length()) {
                case 4 -> {
                    if (is(name, "Host")) {
                        repeated = host == null ? repeated : "Host";
                        host = value;
                    } else if (is(name, "Date")) {
                        repeated = date == null ? repeated : "Date";
                        date = date == null ? value : date;
                    }
                }
                case 10 -> {
                    if (is(name, "X-Amz-Date")) {
                        repeated = amzDate == null ? repeated : "X-Amz-Date";
                        amzDate = value;
                    }
                }
                case 13 -> {
                    if (is(name, "Authorization")) {
                        repeated = authorization == null ? repeated : "Authorization";
                        authorization = authorization == null ? value : authorization;
                    }
                }
                case 20 -> {
                    if (is(name, "X-Amz-Content-Sha256")) {
                        repeated = contentHash == null ? repeated : "X-Amz-Content-Sha256";
                        contentHash = value;
                    } else if (is(name, "X-Amz-Security-Token")) {
                        repeated = securityToken == null ? repeated : "X-Amz-Security-Token";
                        securityToken = value;
                    }
                }
                default -> {}
            }
        }
        return new DecidingHeaders(authorization, amzDate, date, securityToken, repeated);
    }

    /** The usual spelling first: it is compared as a whole, others letter by letter. */
    private static boolean is(String name, String wanted) {
        return name.equals(wanted) || name.equalsIgnoreCase(wanted);
    }
}
