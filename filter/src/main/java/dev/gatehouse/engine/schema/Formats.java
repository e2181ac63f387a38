package dev.gatehouse.engine.schema;

import dev.gatehouse.engine.pattern.BoundedPattern;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** {@code format}: those of draft 4, and {@code uuid}. Any other format is a remark, as the standard has it. */
record Formats(String message, Predicate<String> accepts) implements Keyword {

    private static final Set<JsonType> STRING = Set.of(JsonType.STRING);

    /** Longer texts are none of these, whatever they look like. */
    private static final int LONGEST = 65_536;

    private static final int LONGEST_EXPRESSION = 1_000;

    private static final Pattern DATE_TIME = Pattern.compile(
            "\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])T(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d{1,12})?"
                    + "(?:Z|[+-](?:[01]\\d|2[0-3]):?[0-5]\\d)");
    private static final Pattern EMAIL = Pattern.compile(
            "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]++(?:\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]++)*+@[A-Za-z0-9-]++(?:\\.[A-Za-z0-9-]++)*+");
    private static final String BYTE = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern IPV4 = Pattern.compile(BYTE + "(?:\\." + BYTE + "){3}");
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?");
    private static final Pattern UUID =
            Pattern.compile("[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}");

    private static final Map<String, Formats> KNOWN = Map.of(
            "date-time",
            new Formats(
                    "string \"%s\" is invalid against requested date format(s)"
                            + " [yyyy-MM-dd'T'HH:mm:ssZ, yyyy-MM-dd'T'HH:mm:ss.[0-9]{1,12}Z]",
                    text -> DATE_TIME.matcher(text).matches()),
            "email",
            new Formats(
                    "string \"%s\" is not a valid email address",
                    text -> EMAIL.matcher(text).matches()),
            "hostname",
            new Formats("string \"%s\" is not a valid hostname", Formats::hostname),
            "ipv4",
            new Formats(
                    "string \"%s\" is not a valid IPv4 address",
                    text -> IPV4.matcher(text).matches()),
            "ipv6",
            new Formats("string \"%s\" is not a valid IPv6 address", Formats::ipv6),
            "regex",
            new Formats("string \"%s\" is not a valid ECMA 262 regular expression", Formats::regex),
            "uri",
            new Formats("string \"%s\" is not a valid URI", Formats::uri),
            "uuid",
            new Formats(
                    "input string \"%s\" is not a valid UUID",
                    text -> UUID.matcher(text).matches()));

    /** @return null where nobody checks that format */
    static Formats named(String name) {
        return KNOWN.get(name);
    }

    @Override
    public Set<JsonType> types() {
        return STRING;
    }

    @Override
    public boolean holds(Object value, Check check) {
        String text = (String) value;
        return text.length() <= LONGEST && accepts.test(text);
    }

    @Override
    public String violation(Object value, Check check) {
        return message.replace("%s", Shown.text(value));
    }

    private static boolean hostname(String text) {
        if (text.isEmpty() || text.length() > 253) {
            return false;
        }
        for (String label : text.split("\\.", -1)) {
            if (!LABEL.matcher(label).matches()) {
                return false;
            }
        }
        return true;
    }

    /** Groups of hexadecimal digits, one gap, and at the end possibly an IPv4 address. */
    private static boolean ipv6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text, true) == 8;
        }
        String before = text.substring(0, gap);
        String after = text.substring(gap + 2);
        int left = before.isEmpty() ? 0 : groups(before, false);
        int right = after.isEmpty() ? 0 : groups(after, true);
        return left >= 0 && right >= 0 && left + right <= 7;
    }

    /** @return how many groups; -1 where something else is among them */
    private static int groups(String text, boolean mayEndInIpv4) {
        int count = 0;
        String[] parts = text.split(":", -1);
        for (int i = 0; i < parts.length; i++) {
            if (mayEndInIpv4 && i == parts.length - 1 && IPV4.matcher(parts[i]).matches()) {
                count += 2;
            } else if (parts[i].length() <= 4 && hexadecimal(parts[i])) {
                count++;
            } else {
                return -1;
            }
        }
        return count;
    }

    private static boolean hexadecimal(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 0x80);
    }

    /** Reading one takes time by the square of its length, and more stack than a thread has. */
    private static boolean regex(String text) {
        if (text.length() > LONGEST_EXPRESSION) {
            return false;
        }
        try {
            BoundedPattern.ecma(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean uri(String text) {
        try {
            new URI(text);
            return true;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
