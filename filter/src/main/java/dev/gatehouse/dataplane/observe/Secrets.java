package dev.gatehouse.dataplane.observe;

import dev.gatehouse.http.Headers;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The secrets of one call, for whoever shows something of it. They are known by their names, in headers, queries, forms, JSON and XML, and
 * from then on by their values, wherever these turn up again. Not thread-safe.
 *
 * <p>Whatever it is given, it takes time in proportion to its length.
 */
public final class Secrets {

    /** Stands where a secret was, however long that is. */
    public static final String HIDDEN = "***";

    /** What is shorter turns up everywhere, and would hide more than secrets. */
    private static final int SHORTEST = 6;

    private static final int MOST = 64;

    /** Parts of names, without hyphens, underscores and dots. */
    private static final List<String> TELLING = List.of(
            "authorization",
            "cookie",
            "token",
            "secret",
            "password",
            "passwd",
            "passphrase",
            "apikey",
            "accesskey",
            "privatekey",
            "usageidentifierkey",
            "signature",
            "credential",
            "sessionid",
            "assertion",
            "xgatehousetrace");

    private static final Set<String> SECRET_NAMES = Set.of("sig", "pwd", "pin", "otp", "jwt");

    private static final Pattern SEPARATORS = Pattern.compile("[-_. ]");

    private static final Pattern JSON_NAME =
            Pattern.compile("(?<!\\\\)(\\\\*+)\"([A-Za-z0-9_. -]{1,64}+)(\\\\*+)\"\\s*+:\\s*+");

    private static final Pattern PAIR =
            Pattern.compile("(?<![A-Za-z0-9_.%-])([A-Za-z0-9_.%-]{1,64}+)=([^&\\s\"'<>,;]*+)");

    private static final Pattern ELEMENT =
            Pattern.compile("<(?:[A-Za-z0-9_-]{1,32}+:)?+([A-Za-z0-9_.-]{1,64}+)>([^<]++)</");

    private final Set<String> values = new LinkedHashSet<>();

    /** Whether a value of that name is a secret, by the looks of the name. */
    public static boolean names(String name) {
        String plain = SEPARATORS.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("");
        return SECRET_NAMES.contains(plain) || TELLING.stream().anyMatch(plain::contains);
    }

    /** From now on this is hidden wherever it stands, as it is, in JSON and in a URL. */
    public void learn(String value) {
        if (value == null || value.length() < SHORTEST || values.size() >= MOST || value.equals(HIDDEN)) {
            return;
        }
        values.add(value);
        values.add(value.replace("\\", "\\\\").replace("\"", "\\\""));
        values.add(URLEncoder.encode(value, StandardCharsets.UTF_8));
        values.add(URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20"));
        int scheme = value.indexOf(' ');
        if (scheme > 0) {
            learn(value.substring(scheme + 1));
            if (value.regionMatches(true, 0, "Basic ", 0, 6)) {
                learnBasic(value.substring(scheme + 1).strip());
            }
        }
    }

    private void learnBasic(String encoded) {
        try {
            String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            learn(pair);
            learn(pair.substring(pair.indexOf(':') + 1));
        } catch (IllegalArgumentException e) {
            // then there is no password in it
        }
    }

    /** Learns the headers whose names say that they are secret. */
    public void learn(Headers headers) {
        headers.forEach((name, value) -> {
            if (names(name)) {
                if (name.toLowerCase(Locale.ROOT).contains("cookie")) {
                    learnCookies(value);
                }
                learn(value);
            }
        });
    }

    private void learnCookies(String line) {
        for (String cookie : line.split(";")) {
            learn(cookie.substring(cookie.indexOf('=') + 1).strip());
        }
    }

    /** Learns the members, fields and elements of a text whose names say that they are secret. */
    public void learnFrom(String text) {
        forEachNamed(text, (from, to) -> learn(text.substring(from, to)));
    }

    /** The text without secrets. What is cut off at its end may be a part of one: see {@link #longest}. */
    public String hidden(String text) {
        if (text.isEmpty()) {
            return text;
        }
        StringBuilder shown = new StringBuilder(text.length());
        int[] done = {0};
        forEachNamed(text, (from, to) -> {
            if (from >= done[0]) {
                shown.append(text, done[0], from).append(HIDDEN);
                done[0] = to;
            }
        });
        String named = shown.append(text, done[0], text.length()).toString();
        for (String value : values.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList()) {
            named = named.replace(value, HIDDEN);
        }
        return named;
    }

    /** Characters of the longest secret that is known by its value. */
    public int longest() {
        return values.stream().mapToInt(String::length).max().orElse(0);
    }

    @FunctionalInterface
    private interface Span {
        void at(int from, int to);
    }

    private record Place(int from, int to) {}

    /** In the order of the text. */
    private static void forEachNamed(String text, Span span) {
        Set<Place> places = new LinkedHashSet<>();
        members(text, places::add);
        fields(PAIR, text, places::add);
        fields(ELEMENT, text, places::add);
        places.stream()
                .filter(place -> place.from < place.to)
                .sorted(Comparator.comparingInt(Place::from)
                        .thenComparing(Comparator.comparingInt(Place::to).reversed()))
                .forEach(place -> span.at(place.from, place.to));
    }

    private static void fields(Pattern pattern, String text, Consumer<Place> found) {
        Matcher field = pattern.matcher(text);
        while (field.find()) {
            if (names(field.group(1))) {
                found.accept(new Place(field.start(2), field.end(2)));
            }
        }
    }

    /** Also in JSON that is a string in JSON, whose quotes have backslashes in front. */
    private static void members(String text, Consumer<Place> found) {
        Matcher name = JSON_NAME.matcher(text);
        int from = 0;
        while (name.find(from)) {
            from = name.end();
            String escape = name.group(1);
            if (name.group(3).equals(escape) && names(name.group(2))) {
                from = value(text, name.end(), escape, found);
            }
        }
    }

    /** @return where to go on */
    private static int value(String text, int start, String escape, Consumer<Place> found) {
        int at = start;
        boolean list = at < text.length() && text.charAt(at) == '[';
        at = list ? at + 1 : at;
        do {
            while (list && at < text.length() && (text.charAt(at) == ',' || Character.isWhitespace(text.charAt(at)))) {
                at++;
            }
            if (text.startsWith(escape + "\"", at)) {
                int begin = at + escape.length() + 1;
                int end = end(text, begin, escape.length());
                found.accept(new Place(begin, Math.max(begin, end - escape.length())));
                at = Math.min(text.length(), end + 1);
            } else {
                int end = at;
                while (end < text.length() && isNumeric(text.charAt(end))) {
                    end++;
                }
                found.accept(new Place(at, end));
                return end;
            }
        } while (list);
        return at;
    }

    /** @return where the quote is that ends a string; the end of the text where none does */
    private static int end(String text, int from, int escapes) {
        int backslashes = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' && backslashes % (2 * (escapes + 1)) == escapes) {
                return i;
            }
            backslashes = c == '\\' ? backslashes + 1 : 0;
        }
        return text.length() + escapes;
    }

    private static boolean isNumeric(char c) {
        return c >= '0' && c <= '9' || c == '-' || c == '.' || c == 'e' || c == 'E' || c == '+';
    }
}
