package dev.gatehouse.paths;

import dev.gatehouse.paths.PathTargets.Target;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Sends every target to a gateway in front of a {@link PathWitness} and judges what comes back.
 *
 * <p>A target is <b>refused</b> where the application was not entered, unless the gateway answers other than with 400 to 499: a
 * container may say what it likes, and lead to another application. Every other target is <b>accepted</b>, and then all of this must
 * hold:
 *
 * <ol>
 *   <li>the application was entered once, and what answers is nothing that is guarded: neither {@code /admin} nor {@code /vault};
 *   <li>the gateway's path is what the client wrote, byte by byte: the target up to {@code ?} or {@code #}, without scheme and
 *       authority, context path and invoke URL, and with one slash in front instead of several;
 *   <li>it leads to the application's: its segments, each decoded once and as nothing but UTF-8, are the segments of servlet path
 *       and path info together, and those that a framework gets which reads the request URI on its own; one slash at the end may
 *       be missing, which routing does not count, and {@code %25} be left in the servlet's path, where Tomcat is told to pass
 *       encoded slashes through;
 *   <li>the resource that the gateway chose is one that this path belongs to;
 *   <li>both have read the same values of a query parameter, or the application could not read them at all.
 * </ol>
 *
 * <p>The path that the gateway used is what a mapping of {@code $context.path} told the application. Where the gateway passes what
 * no API knows, there is no such word, and the second rule stands in for it.
 */
public final class PathOracle {

    private static final Set<String> GUARDED = Set.of("admin", "vault");
    private static final Pattern STATUS = Pattern.compile("\\AHTTP/1\\.[01] (\\d{3}) ");
    private static final Pattern ORIGIN = Pattern.compile("\\A[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*");
    private static final Pattern INVOKE_URL = Pattern.compile(
            "/_aws/execute-api/(?i:paths)/[^/]+(?=/|$)|/restapis/(?i:paths)/[^/]+/_user_request_(?=/|$)");

    /**
     * @param reached targets that led to what is guarded: none, unless there is no gateway
     * @param disagreements what broke a rule, each with its target
     */
    public record Tally(
            int targets,
            int accepted,
            int refusedByGateway,
            int refusedByContainer,
            List<String> reached,
            List<String> disagreements) {

        @Override
        public String toString() {
            return targets + " targets: " + accepted + " accepted, " + refusedByGateway + " refused by the gateway, "
                    + refusedByContainer + " refused by the container, " + reached.size() + " reached what is guarded, "
                    + disagreements.size() + " disagreements";
        }
    }

    private final int port;
    private final String contextPath;
    private final List<String> reached = new ArrayList<>();
    private final List<String> disagreements = new ArrayList<>();
    private int counted;
    private int accepted;
    private int refusedByGateway;
    private int refusedByContainer;

    private PathOracle(int port, String contextPath) {
        this.port = port;
        this.contextPath = contextPath;
    }

    /**
     * @param port of 127.0.0.1
     * @param contextPath empty for the root
     */
    public static Tally ask(int port, String contextPath) throws IOException {
        return new PathOracle(port, contextPath).run();
    }

    private Tally run() throws IOException {
        List<Target> targets = PathTargets.of(contextPath);
        counted = entered();
        for (Target target : targets) {
            judge(target, send(target.bytes()))
                    .ifPresent(complaint -> disagreements.add(target.line() + " -> " + complaint));
        }
        if (entered() != counted) {
            disagreements.add("one of the last targets that were refused has entered the application");
        }
        return new Tally(targets.size(), accepted, refusedByGateway, refusedByContainer, reached, disagreements);
    }

    private int entered() throws IOException {
        String answer = send(contextPath + "/count");
        int at = answer.indexOf("entered=");
        if (at < 0) {
            throw new IOException("the witness does not count: " + answer);
        }
        return Integer.parseInt(answer.substring(at + "entered=".length()).strip());
    }

    /** @return the whole answer; empty where the connection ended without one */
    private String send(String target) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port)) {
            socket.setSoTimeout(10_000);
            String request = "GET " + target + " HTTP/1.1\r\nHost: api.example.com\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            socket.getInputStream().transferTo(answer);
        } catch (java.net.SocketException e) {
            // a container may close while it is still being written to
        }
        return answer.toString(StandardCharsets.ISO_8859_1);
    }

    private Optional<String> judge(Target target, String answer) {
        var head = STATUS.matcher(answer);
        int status = head.find() ? Integer.parseInt(head.group(1)) : 0;
        int witness = answer.indexOf("witness=");
        if (witness < 0) {
            boolean byGateway = answer.contains("{\"message\":") || answer.contains("{\"Message\":");
            boolean refused = !byGateway || status == 0 || status >= 400 && status < 500;
            if (!refused) {
                return Optional.of(status + " without a witness");
            }
            if (byGateway) {
                refusedByGateway++;
            } else {
                refusedByContainer++;
            }
            return Optional.empty();
        }
        accepted++;
        Map<String, List<String>> told = told(answer.substring(witness));
        int entered = Integer.parseInt(one(told, "entered"));
        boolean once = entered == counted + 1 && answer.indexOf("witness=", witness + 1) < 0;
        counted = entered;
        if (GUARDED.contains(one(told, "witness"))) {
            reached.add(target.line());
            return Optional.of("reached " + one(told, "witness") + " by " + told);
        }
        if (!once) {
            return Optional.of("this, or a target since the last that was accepted, has entered unseen");
        }
        return disagreement(target.bytes(), told).map(complaint -> complaint + " " + told);
    }

    private static Map<String, List<String>> told(String body) {
        Map<String, List<String>> told = new HashMap<>();
        body.lines().forEach(line -> {
            String[] pair = line.split("=", 2);
            told.computeIfAbsent(pair[0], name -> new ArrayList<>())
                    .add(URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
        });
        return told;
    }

    private static String one(Map<String, List<String>> told, String name) {
        return told.containsKey(name) ? told.get(name).get(0) : null;
    }

    private Optional<String> disagreement(String target, Map<String, List<String>> told) {
        String written = ORIGIN.matcher(target).replaceFirst("").split("[?#]", 2)[0];
        if (!written.startsWith(contextPath)) {
            return Optional.of("the client wrote another context path");
        }
        String client = oneSlash(written.substring(contextPath.length()));
        String resource = one(told, "gatewayResource");
        String gateway = one(told, "gatewayPath");
        if (gateway == null) {
            gateway = client;
        } else if (INVOKE_URL.matcher(client).lookingAt()) {
            client = oneSlash(INVOKE_URL.matcher(client).replaceFirst(""));
            gateway = oneSlash(gateway.replaceFirst("^/prod(?=/|$)", ""));
        }
        if (!gateway.equals(client)) {
            return Optional.of("the gateway read '" + gateway + "' where the client wrote '" + client + "'");
        }
        List<String> authorized = decoded(gateway, false);
        if (authorized == null) {
            return Optional.of("the gateway's path '" + gateway + "' has no reading");
        }
        if (!belongs(resource, authorized)) {
            return Optional.of("the path does not belong to " + resource);
        }
        if ("/go/{name}".equals(resource)) {
            authorized = List.of("pages", authorized.get(1));
        }
        String info = one(told, "pathInfo");
        String application = one(told, "servletPath") + (info == null ? "" : info);
        if (!leadsTo(authorized, segments(application))
                && !leadsTo(authorized, segments(application.replace("%25", "%")))) {
            return Optional.of("the application reads '" + application + "' where the gateway has '" + gateway + "'");
        }
        String uri = one(told, "requestURI");
        if (!uri.startsWith(contextPath) || !leadsTo(authorized, decoded(uri.substring(contextPath.length()), true))) {
            return Optional.of("the request URI has another reading");
        }
        // several values are one header line, with commas
        boolean oneQuery = joined(told, "gatewayRole").equals(joined(told, "role"));
        if (resource != null && !oneQuery && !told.containsKey("unreadable")) {
            return Optional.of("the query has two readings");
        }
        return Optional.empty();
    }

    private static String oneSlash(String path) {
        return "/" + path.replaceFirst("^/+", "");
    }

    private static String joined(Map<String, List<String>> told, String name) {
        return String.join(",", told.getOrDefault(name, List.of()));
    }

    private static boolean leadsTo(List<String> authorized, List<String> read) {
        int last = authorized.size() - 1;
        return authorized.equals(read)
                || last > 0
                        && authorized.get(last).isEmpty()
                        && authorized.subList(0, last).equals(read);
    }

    private static boolean belongs(String resource, List<String> path) {
        if (resource == null || resource.equals("/{proxy+}")) {
            return true;
        }
        return resource.equals("/") && path.equals(List.of(""))
                || resource.equals("/go/{name}") && path.get(0).equals("go") && path.size() >= 2;
    }

    private static List<String> segments(String path) {
        return path.isEmpty() ? List.of("") : Arrays.asList(path.substring(1).split("/", -1));
    }

    /** @return null where a segment is not made of UTF-8 and whole escapes */
    private static List<String> decoded(String path, boolean parametersToo) {
        List<String> decoded = new ArrayList<>();
        for (String segment : segments(path)) {
            String text = decode(parametersToo ? segment.split(";", -1)[0] : segment);
            if (text == null) {
                return null;
            }
            decoded.add(text);
        }
        return decoded;
    }

    private static String decode(String segment) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            if (c != '%') {
                bytes.write(c);
            } else if (i + 2 < segment.length()
                    && segment.substring(i + 1, i + 3).matches("[0-9A-Fa-f]{2}")) {
                bytes.write(Integer.parseInt(segment, i + 1, i + 3, 16));
                i += 2;
            } else {
                return null;
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
