package dev.gatehouse.controlplane.iam;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A piece of XML: elements, one after the other. Whatever text goes in stays text.
 *
 * @param text well-formed
 */
record Xml(String text) {

    static final Xml NOTHING = new Xml("");

    private static final char UNKNOWN = '\uFFFD';

    /** An element with a text in it; nothing where there is none. */
    static Xml of(String name, String valueOrNull) {
        return valueOrNull == null ? NOTHING : element(name, escaped(valueOrNull));
    }

    /** An element with elements in it. */
    static Xml of(String name, Xml... content) {
        return element(name, Stream.of(content).map(Xml::text).collect(Collectors.joining()));
    }

    /** A list as the query protocol has it. */
    static Xml list(String name, Stream<Xml> members) {
        return element(
                name,
                members.map(member -> element("member", member.text()).text()).collect(Collectors.joining()));
    }

    /** A text where an element is expected: the member of a list of texts. */
    static Xml text(String value) {
        return new Xml(escaped(value));
    }

    /** These, and those after them. */
    Xml and(Xml... others) {
        return new Xml(text + Stream.of(others).map(Xml::text).collect(Collectors.joining()));
    }

    private static Xml element(String name, String content) {
        return new Xml("<" + name + ">" + content + "</" + name + ">");
    }

    /** What XML 1.0 has no form for, section 2.2, is replaced: error messages repeat what callers have sent. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(point -> {
            switch (point) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&apos;");
                case '\r' -> escaped.append("&#13;");
                case '\n', '\t' -> escaped.append((char) point);
                default -> {
                    if (isCharacter(point)) {
                        escaped.appendCodePoint(point);
                    } else {
                        escaped.append(UNKNOWN);
                    }
                }
            }
        });
        return escaped.toString();
    }

    private static boolean isCharacter(int point) {
        return point >= ' ' && point < Character.MIN_SURROGATE
                || point > Character.MAX_SURROGATE && point < 0xFFFE
                || point > 0xFFFF;
    }
}
