package dev.gatehouse.engine.signature;

import java.net.URI;

/**
 * The spelling of an address that nobody can read differently: what may stand for itself does, everything else is
 * percent-encoded. Services rebuild the canonical request from what they decoded, so a character that was sent plain and need
 * not have been (a plus in the key of an S3 object) would void the signature.
 */
public final class WireSpelling {

    private WireSpelling() {}

    /** @return the same resource; a plus in the query is a space */
    public static URI of(URI uri) {
        String path = uri.getRawPath();
        String query = uri.getRawQuery();
        String spelledPath = path == null || path.isEmpty() ? "/" : PercentEncoding.recodePath(path);
        String spelledQuery = query == null ? null : query(query);
        if (spelledPath.equals(path) && (query == null || query.equals(spelledQuery))) {
            return uri;
        }
        return URI.create(uri.getScheme() + "://" + uri.getRawAuthority() + spelledPath
                + (spelledQuery == null ? "" : "?" + spelledQuery));
    }

    private static String query(String raw) {
        StringBuilder spelled = new StringBuilder(raw.length() + 16);
        for (String parameter : raw.split("&")) {
            if (!parameter.isEmpty()) {
                int equals = parameter.indexOf('=');
                spelled.append(spelled.length() == 0 ? "" : "&")
                        .append(PercentEncoding.recode(equals < 0 ? parameter : parameter.substring(0, equals)));
                if (equals >= 0) {
                    spelled.append('=').append(PercentEncoding.recode(parameter.substring(equals + 1)));
                }
            }
        }
        return spelled.toString();
    }
}
