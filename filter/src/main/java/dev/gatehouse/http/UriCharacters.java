package dev.gatehouse.http;

/** Characters of RFC 3986, section 2.3. */
public final class UriCharacters {

    private UriCharacters() {}

    /**
     * Whether a character stands for itself wherever it occurs, so that nobody has to escape it.
     *
     * @param c a character or a byte; a negative byte is none of them
     */
    public static boolean unreserved(int c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c == '-'
                || c == '.'
                || c == '_'
                || c == '~';
    }
}
