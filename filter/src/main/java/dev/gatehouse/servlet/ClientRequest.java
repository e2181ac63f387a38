package dev.gatehouse.servlet;

import dev.gatehouse.http.GatewayRequest;
import dev.gatehouse.http.HeaderLine;
import dev.gatehouse.http.Headers;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;

/** Turns the container's request into the gateway's. */
final class ClientRequest {

    private final List<UrlPattern> patterns;
    private final List<UrlPattern> folders;
    private final String fixedPrefix;

    /**
     * @param patterns how the filter is mapped
     * @param fixedPrefix replaces what the patterns would tell; null where they are to tell
     */
    ClientRequest(List<UrlPattern> patterns, String fixedPrefix) {
        this.patterns = patterns;
        this.folders = patterns.stream()
                .filter(UrlPattern::isPrefix)
                .sorted((a, b) -> b.text().length() - a.text().length())
                .toList();
        this.fixedPrefix = fixedPrefix;
    }

    /** @return the parts of the path, within the context, below which the gateway's own paths begin; never empty */
    List<String> prefixes() {
        if (fixedPrefix != null) {
            return List.of(fixedPrefix);
        }
        return folders.isEmpty()
                ? List.of("")
                : folders.stream().map(UrlPattern::prefix).toList();
    }

    /** @return the raw path within the context; empty where nobody could say for sure what it is */
    static Optional<String> pathInContext(HttpServletRequest request) {
        String raw = request.getRequestURI();
        String context = request.getContextPath();
        // A container may report the context as the client wrote it, /x/../ctx for one. We do not guess what it made of
        // that.
        boolean plain = context.isEmpty() || SafeTarget.complaint(context).isEmpty();
        if (raw == null || !plain || !raw.startsWith(context)) {
            return Optional.empty();
        }
        String path = raw.substring(context.length());
        if (path.isEmpty()) {
            return Optional.of("/");
        }
        return path.startsWith("/") ? Optional.of(path) : Optional.empty();
    }

    /**
     * @param path raw, within the context
     * @return what is below the filter's own mapping; empty where the raw path does not show that mapping
     */
    Optional<String> pathBelowMapping(String path) {
        if (fixedPrefix != null) {
            return below(fixedPrefix, path);
        }
        if (folders.isEmpty()) {
            return Optional.of(path);
        }
        // the container compares decoded paths, so it may have sent us one that does not look like any of ours
        for (UrlPattern folder : folders) {
            if (folder.holds(path)) {
                return below(folder.prefix(), path);
            }
        }
        return Optional.empty();
    }

    /**
     * Whether a dispatch to that path passes the filter again, for all the url-patterns tell.
     *
     * @param target path within the context, perhaps with a query
     */
    boolean comesBack(String target) {
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        return patterns.stream().anyMatch(pattern -> pattern.matches(path));
    }

    private static Optional<String> below(String prefix, String path) {
        if (!path.startsWith(prefix) || path.length() > prefix.length() && path.charAt(prefix.length()) != '/') {
            return Optional.empty();
        }
        return Optional.of(path.length() == prefix.length() ? "/" : path.substring(prefix.length()));
    }

    /**
     * Whether another reader of the same bytes could see another host or another end of the message. Containers refuse most of
     * that themselves, none of them all: RFC 9112, sections 3.2 and 6.3. A request without a protocol, which Tomcat takes for
     * HTTP/0.9 (and reports as none), is what a line break makes of a target.
     */
    static boolean isAmbiguous(HttpServletRequest request) {
        Enumeration<String> lengths = request.getHeaders("Content-Length");
        Enumeration<String> codings = request.getHeaders("Transfer-Encoding");
        boolean measured = lengths.hasMoreElements();
        boolean chunked = codings.hasMoreElements();
        return !request.getProtocol().startsWith("HTTP/")
                || isRepeated(request.getHeaders("Host"))
                || measured && chunked
                || measured && (!isNumber(lengths.nextElement()) || lengths.hasMoreElements())
                || chunked && (!codings.nextElement().equalsIgnoreCase("chunked") || codings.hasMoreElements());
    }

    private static boolean isRepeated(Enumeration<String> values) {
        if (values.hasMoreElements()) {
            values.nextElement();
        }
        return values.hasMoreElements();
    }

    private static boolean isNumber(String length) {
        for (int i = 0; i < length.length(); i++) {
            if (length.charAt(i) < '0' || length.charAt(i) > '9') {
                return false;
            }
        }
        return !length.isEmpty();
    }

    /**
     * Whether something in it could end a line, or be two things, once it is written as HTTP/1.1. From HTTP/2 on a length stands
     * before every text, so that any character can be in it, and containers differ in what they let through: RFC 9113, section
     * 8.2.1. The path is judged where it is read.
     */
    static boolean isMalformed(GatewayRequest request) {
        return !HeaderLine.isToken(request.method())
                || request.query() != null && !isQuery(request.query())
                || HeaderLines.complaint(request.headers()) != null;
    }

    private static boolean isQuery(String query) {
        for (int i = 0; i < query.length(); i++) {
            if (query.charAt(i) <= ' ' || query.charAt(i) == 0x7f) {
                return false;
            }
        }
        return true;
    }

    /** @param path below the filter's mapping */
    GatewayRequest adapt(HttpServletRequest request, String path, ServletCall call, String pathInContext) {
        Headers headers = HeaderLines.of(request);
        String host = headers.first("Host");
        return new GatewayRequest(
                request.getMethod(),
                host == null ? "" : host,
                path,
                request.getQueryString(),
                headers,
                new GatewayRequest.Client(
                        request.getRemoteAddr(), request.getProtocol(), request.getScheme(), request.getServerPort()),
                new ClientPayload(call, request),
                new ApplicationDownstream(call, pathInContext),
                new GatewayRequest.Sent(request.getMethod(), request.getRequestURI()));
    }
}
