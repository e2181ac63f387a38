package dev.gatehouse.servlet;

import dev.gatehouse.http.GatewayRequest;
import dev.gatehouse.http.Headers;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
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
        return folders.stream()
                .filter(pattern -> pattern.holds(path))
                .findFirst()
                .flatMap(pattern -> below(pattern.prefix(), path));
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
        if (!new UrlPattern(prefix + "/*").holds(path)) {
            return Optional.empty();
        }
        String rest = path.substring(prefix.length());
        return Optional.of(rest.isEmpty() ? "/" : rest);
    }

    /**
     * Whether another reader of the same bytes could see another host or another end of the message. Containers refuse most of
     * that themselves, none of them all: RFC 9112, sections 3.2 and 6.3. A request without a protocol, which Tomcat takes for
     * HTTP/0.9 (and reports as none), is what a line break makes of a target.
     */
    static boolean isAmbiguous(HttpServletRequest request) {
        List<String> hosts = Collections.list(request.getHeaders("Host"));
        List<String> lengths = Collections.list(request.getHeaders("Content-Length"));
        List<String> codings = Collections.list(request.getHeaders("Transfer-Encoding"));
        return !request.getProtocol().startsWith("HTTP/")
                || hosts.size() > 1
                || lengths.size() > 1
                || lengths.stream().anyMatch(length -> !length.matches("[0-9]+"))
                || !codings.isEmpty() && !lengths.isEmpty()
                || codings.size() > 1
                || codings.stream().anyMatch(coding -> !coding.equalsIgnoreCase("chunked"));
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
