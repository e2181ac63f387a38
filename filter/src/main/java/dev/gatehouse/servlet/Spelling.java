package dev.gatehouse.servlet;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How header names are written. Mapping expressions and Lambda events of API Gateway show the client's spelling; Tomcat keeps
 * names in lower case and forgets it.
 */
final class Spelling {

    private static final Map<String, String> USUAL = Stream.of(
                    "Accept",
                    "Accept-Charset",
                    "Accept-Encoding",
                    "Accept-Language",
                    "Access-Control-Request-Headers",
                    "Access-Control-Request-Method",
                    "Authorization",
                    "Cache-Control",
                    "Connection",
                    "Content-Encoding",
                    "Content-Language",
                    "Content-Length",
                    "Content-MD5",
                    "Content-Type",
                    "Cookie",
                    "Date",
                    "DNT",
                    "Expect",
                    "Forwarded",
                    "Host",
                    "If-Match",
                    "If-Modified-Since",
                    "If-None-Match",
                    "If-Range",
                    "If-Unmodified-Since",
                    "Max-Forwards",
                    "Origin",
                    "Pragma",
                    "Range",
                    "Referer",
                    "TE",
                    "Trailer",
                    "Transfer-Encoding",
                    "Upgrade",
                    "Upgrade-Insecure-Requests",
                    "User-Agent",
                    "Via",
                    "X-Amz-Date",
                    "X-Amz-Security-Token",
                    "X-Amzn-Trace-Id",
                    "X-Forwarded-For",
                    "X-Forwarded-Host",
                    "X-Forwarded-Port",
                    "X-Forwarded-Proto",
                    "X-HTTP-Method-Override",
                    "X-Requested-With")
            .collect(Collectors.toUnmodifiableMap(name -> name.toLowerCase(Locale.ROOT), Function.identity()));

    private Spelling() {}

    /**
     * Whether names came without their spelling: not one capital in an HTTP/1 request. A client may really write like that, and
     * is then treated more kindly than Amazon would. From HTTP/2 on lower case is the spelling.
     */
    static boolean isLost(List<String> names, String protocol) {
        if (!protocol.startsWith("HTTP/1.")) {
            return false;
        }
        for (String name : names) {
            for (int i = 0; i < name.length(); i++) {
                if (name.charAt(i) >= 'A' && name.charAt(i) <= 'Z') {
                    return false;
                }
            }
        }
        return true;
    }

    /** The spelling that standards and most clients use; a name that is not known stays as it is. */
    static String usual(String name) {
        return USUAL.getOrDefault(name.toLowerCase(Locale.ROOT), name);
    }
}
