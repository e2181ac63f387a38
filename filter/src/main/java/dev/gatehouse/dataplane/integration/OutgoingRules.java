package dev.gatehouse.dataplane.integration;

import dev.gatehouse.http.BackendException;
import dev.gatehouse.http.BackendException.Reason;
import dev.gatehouse.http.BackendRequest;
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
        require(isToken(request.method()), "method is no HTTP token");
        request.headers().forEach(OutgoingRules::checkHeader);
    }

    private static void checkHeader(String name, String value) {
        require(isToken(name), "header name is no HTTP token");
        require(!hasControlCharacter(value), "control character in header ", name);
        require(
                !name.equalsIgnoreCase("Content-Length") && !name.equalsIgnoreCase("Transfer-Encoding"),
                "framing follows from the body and cannot be given by header ",
                name);
    }

    /** A tab is none (RFC 9110, section 5.5). */
    static boolean hasControlCharacter(String headerValue) {
        return headerValue.chars().anyMatch(c -> c < ' ' && c != '\t' || c == 127);
    }

    static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letterOrDigit = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!letterOrDigit && "!#$%&'*+-.^_`|~".indexOf(c) < 0) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static void require(boolean holds, String... message) {
        if (!holds) {
            throw new BackendException(Reason.INVALID_ENDPOINT, String.join("", message));
        }
    }
}
