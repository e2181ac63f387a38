package dev.gatehouse.controlplane.iam;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Which page a list is asked for: 1 to 1,000 members, 100 where nothing is said (IAM API reference).
 *
 * @param after what the marker of the page before was made of; null for the first page
 */
record Page(String after, int limit) {

    private static final int USUAL = 100;
    private static final int MOST = 1000;
    private static final Parameters.Rule MARKER = Parameters.Rule.of(1, 320, "[\\u0020-\\u00FF]+");

    static Page of(Parameters parameters) {
        String marker = parameters.optional("Marker", MARKER);
        return new Page(marker == null ? null : decode(marker), parameters.number("MaxItems", 1, MOST, USUAL));
    }

    private static String decode(String marker) {
        try {
            return new String(Base64.getUrlDecoder().decode(marker), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw invalid();
        }
    }

    private static IamError invalid() {
        return IamError.invalid("Invalid Marker.");
    }

    /** For lists in the order of numbers. */
    OptionalLong afterNumber() {
        try {
            return after == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(after));
        } catch (NumberFormatException e) {
            throw invalid();
        }
    }

    /**
     * A page of things that are kept together, in the order of their keys.
     *
     * @param key unique, and the same from page to page
     */
    <T> Xml of(String list, Collection<T> all, Function<T, String> key, Function<T, Xml> shape) {
        List<T> rest = all.stream()
                .filter(one -> after == null || key.apply(one).compareTo(after) > 0)
                .sorted(Comparator.comparing(key))
                .toList();
        List<Xml> shapes = rest.stream().limit(limit).map(shape).toList();
        return shape(list, shapes, rest.size() > limit ? key.apply(rest.get(limit - 1)) : null);
    }

    /** @param last what the next page begins after; null where there is none */
    static Xml shape(String list, List<Xml> members, String last) {
        String marker = last == null
                ? null
                : Base64.getUrlEncoder().withoutPadding().encodeToString(last.getBytes(StandardCharsets.UTF_8));
        return Xml.list(list, members.stream())
                .and(Xml.of("IsTruncated", String.valueOf(last != null)), Xml.of("Marker", marker));
    }
}
