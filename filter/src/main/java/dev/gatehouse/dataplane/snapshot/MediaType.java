package dev.gatehouse.dataplane.snapshot;

/** How API Gateway reads {@code Content-Type} and {@code Accept}: no parameters, no quality values, case as it is. */
public final class MediaType {

    private MediaType() {}

    /** {@code application/json; charset=utf-8} to {@code application/json}. */
    public static String of(String header) {
        int semicolon = header.indexOf(';');
        return (semicolon < 0 ? header : header.substring(0, semicolon)).trim();
    }

    /** The first type of a list: the only one that counts. */
    public static String first(String accept) {
        int comma = accept.indexOf(',');
        return of(comma < 0 ? accept : accept.substring(0, comma));
    }
}
