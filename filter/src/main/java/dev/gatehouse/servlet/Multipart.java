package dev.gatehouse.servlet;

import dev.gatehouse.http.Headers;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Part;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads {@code multipart/form-data} from memory: a container parses only what comes from its own connection. Strict: what RFC
 * 7578 does not allow is an error, not a guess.
 */
final class Multipart {

    private static final int MOST_PARTS = 1000;
    private static final int LONGEST_HEAD = 8192;

    private final byte[] body;
    private final byte[] delimiter;
    private final Charset charset;
    private int at;

    private Multipart(byte[] body, String boundary, Charset charset) {
        this.body = body;
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        this.charset = charset;
    }

    /**
     * @param contentType the whole header value
     * @param charset of names and of fields that do not say
     * @throws ServletException where the body is no {@code multipart/form-data}
     */
    static List<Part> parse(byte[] body, String contentType, Charset charset) throws ServletException {
        Map<String, String> parameters = parameters(contentType);
        if (!parameters.get("").equalsIgnoreCase("multipart/form-data")) {
            throw new ServletException("the request is not multipart/form-data");
        }
        String boundary = parameters.getOrDefault("boundary", "");
        if (boundary.isEmpty() || boundary.length() > 70) {
            throw new ServletException("multipart/form-data needs a boundary of 1 to 70 characters");
        }
        return new Multipart(body, boundary, charset).parts();
    }

    private List<Part> parts() throws ServletException {
        List<Part> parts = new ArrayList<>();
        // the first delimiter may stand at the very beginning, without the line break before it
        if (startsWith(0, delimiter, 2)) {
            at = delimiter.length - 2;
        } else {
            at = find(0) + delimiter.length;
        }
        while (!atEnd()) {
            if (parts.size() == MOST_PARTS) {
                throw new ServletException("more than " + MOST_PARTS + " parts");
            }
            Headers head = head();
            int end = find(at);
            parts.add(part(head, java.util.Arrays.copyOfRange(body, at, end)));
            at = end + delimiter.length;
        }
        return parts;
    }

    /** After a delimiter: two dashes end the body, blanks and a line break begin a part. */
    private boolean atEnd() throws ServletException {
        if (at + 1 < body.length && body[at] == '-' && body[at + 1] == '-') {
            return true;
        }
        while (at < body.length && (body[at] == ' ' || body[at] == '\t')) {
            at++;
        }
        if (at + 1 >= body.length || body[at] != '\r' || body[at + 1] != '\n') {
            throw broken("a boundary is not followed by a line break");
        }
        at += 2;
        return false;
    }

    private Headers head() throws ServletException {
        Headers.Builder head = Headers.builder();
        int begin = at;
        while (true) {
            int end = at;
            while (end + 1 < body.length && !(body[end] == '\r' && body[end + 1] == '\n')) {
                end++;
            }
            if (end + 1 >= body.length || end - begin > LONGEST_HEAD) {
                throw broken("the head of a part does not end");
            }
            String line = new String(body, at, end - at, charset);
            at = end + 2;
            if (line.isEmpty()) {
                return head.build();
            }
            int colon = line.indexOf(':');
            if (colon <= 0 || HeaderLines.complaint(line.substring(0, colon), "") != null) {
                throw broken("the head of a part holds a line that is no header");
            }
            head.add(line.substring(0, colon), line.substring(colon + 1).strip());
        }
    }

    private Part part(Headers head, byte[] content) throws ServletException {
        Map<String, String> disposition = parameters(head.first("Content-Disposition"));
        String name = disposition.get("name");
        if (!disposition.get("").equalsIgnoreCase("form-data") || name == null) {
            throw broken("a part has no 'Content-Disposition: form-data' with a name");
        }
        return new ReplayedPart(name, disposition.get("filename"), head, content);
    }

    private int find(int from) throws ServletException {
        for (int i = from; i <= body.length - delimiter.length; i++) {
            if (startsWith(i, delimiter, 0)) {
                return i;
            }
        }
        throw broken("the last boundary is missing");
    }

    private boolean startsWith(int offset, byte[] wanted, int skipped) {
        if (offset + wanted.length - skipped > body.length) {
            return false;
        }
        for (int i = skipped; i < wanted.length; i++) {
            if (body[offset + i - skipped] != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    private static ServletException broken(String what) {
        return new ServletException("broken multipart/form-data: " + what);
    }

    /** The main value under the empty name, then the parameters, names in lower case; quoted strings are unquoted. */
    static Map<String, String> parameters(String value) {
        Map<String, String> parameters = new LinkedHashMap<>();
        String rest = value == null ? "" : value;
        int semicolon = rest.indexOf(';');
        parameters.put("", (semicolon < 0 ? rest : rest.substring(0, semicolon)).strip());
        int i = semicolon < 0 ? rest.length() : semicolon + 1;
        int equals = -1;
        while (i < rest.length()) {
            // looked for once, however many empty parameters stand before it
            equals = equals < i ? rest.indexOf('=', i) : equals;
            if (equals < 0) {
                break;
            }
            int empty = rest.indexOf(';', i);
            if (empty >= 0 && empty < equals) {
                i = empty + 1;
                continue;
            }
            String name = rest.substring(i, equals).strip().toLowerCase(Locale.ROOT);
            StringBuilder text = new StringBuilder();
            i = equals + 1;
            boolean quoted = i < rest.length() && rest.charAt(i) == '"';
            if (quoted) {
                for (i++; i < rest.length() && rest.charAt(i) != '"'; i++) {
                    // browsers escape a quote only; a backslash before anything else belongs to a Windows path
                    if (rest.charAt(i) == '\\' && i + 1 < rest.length() && rest.charAt(i + 1) == '"') {
                        i++;
                    }
                    text.append(rest.charAt(i));
                }
            }
            int next = rest.indexOf(';', i);
            int end = next < 0 ? rest.length() : next;
            parameters.putIfAbsent(
                    name, quoted ? text.toString() : rest.substring(i, end).strip());
            i = end + 1;
        }
        return parameters;
    }
}
