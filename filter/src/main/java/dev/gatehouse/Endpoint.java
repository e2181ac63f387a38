package dev.gatehouse;

import java.net.URI;
import java.util.Locale;

/**
 * One server on one host: permission for it says nothing of other ports.
 *
 * @param host in lower case, an IPv6 address without brackets
 */
record Endpoint(String host, int port) {

    static Endpoint of(String host, int port) {
        boolean brackets = host.startsWith("[") && host.endsWith("]");
        String name = brackets ? host.substring(1, host.length() - 1) : host;
        return new Endpoint(name.toLowerCase(Locale.ROOT), port);
    }

    /** @param address http or https */
    static Endpoint of(URI address) {
        int byScheme = "https".equalsIgnoreCase(address.getScheme()) ? 443 : 80;
        return of(address.getHost(), address.getPort() < 0 ? byScheme : address.getPort());
    }
}
