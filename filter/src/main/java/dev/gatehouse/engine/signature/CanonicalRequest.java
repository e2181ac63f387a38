package dev.gatehouse.engine.signature;

import dev.gatehouse.http.Headers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * The one spelling of a request that both ends of a signature agree on. Source: AWS Identity and Access Management user
 * guide, "Create a signed AWS API request", step 1.
 *
 * @param text six parts, a line feed between them
 * @param signedHeaders lower-case names, sorted, a semicolon between them
 */
record CanonicalRequest(String text, String signedHeaders) {

    /**
     * @param method the verb as sent
     * @param rawPath encoded as sent; empty counts as {@code /}
     * @param rawQuery encoded as sent, without {@code ?}; null where there is none
     * @param headers those that are signed, {@code Host} among them, in any order and spelling
     * @param payloadHash SHA-256 of the body in hexadecimal, or the word that stands for it
     */
    static CanonicalRequest of(
            String method, String rawPath, String rawQuery, Headers headers, String payloadHash, PathRule rule) {
        TreeMap<String, StringBuilder> lines = new TreeMap<>();
        headers.forEach((name, value) -> {
            StringBuilder line = lines.get(name.toLowerCase(Locale.ROOT));
            if (line == null) {
                line = new StringBuilder(value.length() + 16);
                lines.put(name.toLowerCase(Locale.ROOT), line);
            } else {
                line.append(',');
            }
            appendTrimmed(line, value);
        });
        String signedHeaders = String.join(";", lines.keySet());
        StringBuilder text = new StringBuilder(512);
        text.append(method).append('\n');
        text.append(rule.canonical(rawPath == null || rawPath.isEmpty() ? "/" : rawPath))
                .append('\n');
        text.append(canonicalQuery(rawQuery)).append('\n');
        lines.forEach(
                (name, value) -> text.append(name).append(':').append(value).append('\n'));
        text.append('\n').append(signedHeaders).append('\n').append(payloadHash);
        return new CanonicalRequest(text.toString(), signedHeaders);
    }

    /** Sorted by encoded name, then by encoded value; a name without value gets its equals sign. */
    private static String canonicalQuery(String rawQuery) {
        if (rawQuery == null || rawQuery.isEmpty()) {
            return "";
        }
        TreeMap<String, List<String>> parameters = new TreeMap<>();
        for (String parameter : rawQuery.split("&")) {
            if (!parameter.isEmpty()) {
                int equals = parameter.indexOf('=');
                String name = equals < 0 ? parameter : parameter.substring(0, equals);
                String value = equals < 0 ? "" : parameter.substring(equals + 1);
                parameters
                        .computeIfAbsent(PercentEncoding.recode(name), key -> new ArrayList<>(1))
                        .add(PercentEncoding.recode(value));
            }
        }
        List<String> pairs = new ArrayList<>(parameters.size());
        parameters.forEach((name, values) -> addSorted(pairs, name, values));
        return String.join("&", pairs);
    }

    private static void addSorted(Collection<String> pairs, String name, List<String> values) {
        values.stream().sorted().forEach(value -> pairs.add(name + "=" + value));
    }

    /** No white space at the ends, one space where there was a run of it. */
    private static void appendTrimmed(StringBuilder line, String value) {
        boolean pending = false;
        boolean begun = false;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == ' ' || c >= '\t' && c <= '\r') {
                pending = begun;
            } else {
                if (pending) {
                    line.append(' ');
                    pending = false;
                }
                line.append(c);
                begun = true;
            }
        }
    }
}
