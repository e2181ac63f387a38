package dev.gatehouse.dataplane.flow;

import dev.gatehouse.http.UriCharacters;
import java.util.Locale;

/**
 * The path of a call as policies name it. Spellings that lead to the same resource have the same name, so that no spelling
 * slips past a policy: routing ignores slashes that repeat in front and one at the end, and an escape that nobody needs is the
 * character itself (RFC 3986, section 6.2.2). Everything else stays as sent.
 */
final class ArnPath {

    private ArnPath() {}

    /** @return begins with one slash */
    static String of(String rawPath) {
        int start = 0;
        while (start < rawPath.length() && rawPath.charAt(start) == '/') {
            start++;
        }
        int end = rawPath.length();
        if (end > start && rawPath.charAt(end - 1) == '/') {
            end--;
        }
        boolean plain = rawPath.indexOf('%') < 0;
        if (plain && start == 1 && end == rawPath.length()) {
            return rawPath;
        }
        return "/" + (plain ? rawPath.substring(start, end) : unescaped(rawPath.substring(start, end)));
    }

    private static String unescaped(String path) {
        StringBuilder text = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            int value = c == '%' && i + 2 < path.length()
                    ? Character.digit(path.charAt(i + 1), 16) << 4 | Character.digit(path.charAt(i + 2), 16)
                    : -1;
            if (value < 0) {
                text.append(c);
            } else {
                if (UriCharacters.unreserved(value)) {
                    text.append((char) value);
                } else {
                    text.append(path.substring(i, i + 3).toUpperCase(Locale.ROOT));
                }
                i += 2;
            }
        }
        return text.toString();
    }
}
