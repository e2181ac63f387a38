package dev.gatehouse.http;

/**
 * Dot segments, as the most generous reader would find them: plain or encoded, between slashes, backslashes or encoded ones,
 * and whatever follows them behind a semicolon. A path with such a segment names another resource than it seems to.
 */
public final class DotSegments {

    private DotSegments() {}

    /** @param path raw, without query */
    public static boolean in(String path) {
        int i = 0;
        while (i < path.length()) {
            int dots = 0;
            int width = dot(path, i);
            while (width > 0) {
                dots++;
                i += width;
                width = dot(path, i);
            }
            if ((dots == 1 || dots == 2) && (i == path.length() || separator(path, i) > 0 || semicolon(path, i))) {
                return true;
            }
            while (i < path.length() && separator(path, i) == 0) {
                i++;
            }
            i += i < path.length() ? separator(path, i) : 0;
        }
        return false;
    }

    private static int dot(String path, int at) {
        if (at < path.length() && path.charAt(at) == '.') {
            return 1;
        }
        return encoded(path, at, "%2e") ? 3 : 0;
    }

    private static int separator(String path, int at) {
        char c = path.charAt(at);
        if (c == '/' || c == '\\') {
            return 1;
        }
        return encoded(path, at, "%2f") || encoded(path, at, "%5c") ? 3 : 0;
    }

    private static boolean semicolon(String path, int at) {
        return path.charAt(at) == ';' || encoded(path, at, "%3b");
    }

    private static boolean encoded(String path, int at, String escape) {
        return path.regionMatches(true, at, escape, 0, 3);
    }
}
