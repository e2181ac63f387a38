package dev.gatehouse.dataplane.integration;

import dev.gatehouse.http.BackendException;
import dev.gatehouse.http.BackendException.Reason;
import dev.gatehouse.http.BackendRequest;
import dev.gatehouse.http.HeaderLine;
import java.net.URI;

/** What must hold of a request before a byte of it is written, so that no value in it can become a second request. */
final class OutgoingRules {

    private OutgoingRules() {}

    /** @throws BackendException {@code INVALID_ENDPOINT}, naming the part that is wrong but no value that may be secret */
    static void check(BackendRequest request) {
        URI uri = request.uri();
        require(
                "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()),
                "scheme must be http or https");
        require(uri.getHost() != null, "host is missing or malformed");
        require(uri.getRawUserInfo() == null, "user information is not allowed in an address");
        require(uri.getPort() != 0 && uri.getPort() <= 65535, "port must be 1 to 65535");
        require(HeaderLine.isToken(request.method()), "method is no HTTP token");
        request.headers().forEach(OutgoingRules::checkHeader);
    }

    private static void checkHeader(String name, String value) {
        require(HeaderLine.isToken(name), "header name is no HTTP token");
        require(HeaderLine.isValue(value), "control character in header ", name);
        require(
                !name.equalsIgnoreCase("Content-Length") && !name.equalsIgnoreCase("Transfer-Encoding"),
                "framing follows from the body and cannot be given by header ",
                name);
    }

    private static void require(boolean holds, String... message) {
        if (!holds) {
            throw new BackendException(Reason.INVALID_ENDPOINT, String.join("", message));
        }
    }
}
