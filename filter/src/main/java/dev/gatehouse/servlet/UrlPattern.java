package dev.gatehouse.servlet;

/**
 * A url-pattern of a deployment descriptor. Jakarta Servlet 6.0, section 12.2.
 *
 * @param text such as {@code /*}, {@code /api/*}, {@code *.do}, {@code /}, {@code /exact} or the empty string
 */
record UrlPattern(String text) {

    boolean isPrefix() {
        return text.startsWith("/") && text.endsWith("/*");
    }

    private boolean isExtension() {
        return text.startsWith("*.");
    }

    /** @return {@code /api} for {@code /api/*}, the empty string for every pattern that does not name a folder */
    String prefix() {
        return isPrefix() ? text.substring(0, text.length() - 2) : "";
    }

    /** @param path raw path within the context */
    boolean holds(String path) {
        int end = text.length() - 2;
        return isPrefix() && path.regionMatches(0, text, 0, end) && (path.length() == end || path.charAt(end) == '/');
    }

    /** @param path within the context, without query */
    boolean matches(String path) {
        return holds(path) || text.equals(path) || isExtension() && path.endsWith(text.substring(1));
    }

    /** Whether a filter mapped here sees every request that a servlet mapped there would get. */
    boolean covers(UrlPattern servlet) {
        if (text.equals("/*") || text.equals(servlet.text)) {
            return true;
        }
        if (isPrefix()) {
            return servlet.isPrefix() ? holds(servlet.prefix()) : servlet.isPlain() && holds(servlet.text);
        }
        return isExtension() && servlet.isPlain() && servlet.text.endsWith(text.substring(1));
    }

    /** Whether there can be a request that both see. */
    boolean overlaps(UrlPattern other) {
        return covers(other)
                || other.covers(this)
                || isExtension() && !other.isPlain()
                || other.isExtension() && !isPlain()
                || text.equals("/")
                || other.text.equals("/");
    }

    private boolean isPlain() {
        return !isPrefix() && !isExtension() && !text.equals("/");
    }
}
