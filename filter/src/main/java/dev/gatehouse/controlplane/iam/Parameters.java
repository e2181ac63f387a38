package dev.gatehouse.controlplane.iam;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The parameters of one call. An action reads all of them first; {@link #refuseWhatIsWrong} then refuses values that the service model does not
 * allow, and what nobody has read. Not thread-safe.
 */
final class Parameters {

    /** An action has few, and 50 tags of two parameters each. */
    private static final int MOST = 200;

    /** So much of a wrong value is repeated. */
    private static final int SHOWN = 128;

    private final Map<String, String> values;
    private final Set<String> read = new HashSet<>();
    private final List<String> violations = new ArrayList<>();

    private Parameters(Map<String, String> values) {
        this.values = values;
    }

    /**
     * @param form as {@code application/x-www-form-urlencoded}
     * @throws IamError where it is no such form, or has a parameter twice
     */
    static Parameters parse(byte[] form) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : text(form).split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = decode(equals < 0 ? pair : pair.substring(0, equals));
                if (values.put(name, equals < 0 ? "" : decode(pair.substring(equals + 1))) != null) {
                    throw IamError.malformed("The parameter " + shown(name) + " is there twice");
                }
                if (values.size() > MOST) {
                    throw IamError.malformed("A call has at most " + MOST + " parameters");
                }
            }
        }
        return new Parameters(values);
    }

    private static String text(byte[] form) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(form))
                    .toString();
        } catch (CharacterCodingException e) {
            throw undecodable();
        }
    }

    /** Bytes that are no UTF-8 become characters that no name, path or tag may have, and no JSON outside of a text. */
    private static String decode(String encoded) {
        try {
            return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw undecodable();
        }
    }

    private static IamError undecodable() {
        return IamError.malformed("The body is not application/x-www-form-urlencoded in UTF-8");
    }

    /**
     * What a text may be.
     *
     * @param pattern as the service model writes it, for the whole text
     */
    record Rule(int shortest, int longest, Pattern pattern) {

        static Rule of(int shortest, int longest, String pattern) {
            return new Rule(shortest, longest, Pattern.compile(pattern));
        }

        boolean holds(String value) {
            int length = value.codePointCount(0, value.length());
            return length >= shortest
                    && length <= longest
                    && pattern.matcher(value).matches();
        }

        private String constraint(String value) {
            int length = value.codePointCount(0, value.length());
            if (length < shortest) {
                return "Member must have length greater than or equal to " + shortest;
            }
            return length > longest
                    ? "Member must have length less than or equal to " + longest
                    : "Member must satisfy regular expression pattern: " + pattern;
        }
    }

    /** @return as it was sent; null where it was not */
    String plain(String name) {
        read.add(name);
        return values.get(name);
    }

    /** @return null where it is not there; of no use where it is wrong */
    String optional(String name, Rule rule) {
        String value = plain(name);
        if (value != null && !rule.holds(value)) {
            violate(name, value, rule.constraint(value));
        }
        return value;
    }

    /** @return of no use where it is wrong or not there, but never null */
    String required(String name, Rule rule) {
        String value = optional(name, rule);
        if (value == null) {
            violations.add(
                    "Value null at '" + member(name) + "' failed to satisfy constraint: Member must not be null");
        }
        return value == null ? "" : value;
    }

    /** @return of no use where it is wrong or not there */
    String oneOf(String name, List<String> allowed) {
        String value = required(name, Rule.of(0, SHOWN, "(?s).*"));
        if (values.containsKey(name) && !allowed.contains(value)) {
            violate(name, value, "Member must satisfy enum value set: " + allowed);
        }
        return value;
    }

    int number(String name, int least, int most, int otherwise) {
        String value = plain(name);
        if (value == null) {
            return otherwise;
        }
        if (!value.matches("[0-9]{1,9}")) {
            violate(name, value, "Member must be a number");
            return otherwise;
        }
        int number = Integer.parseInt(value);
        if (number < least) {
            violate(name, value, "Member must have value greater than or equal to " + least);
        } else if (number > most) {
            violate(name, value, "Member must have value less than or equal to " + most);
        }
        return number;
    }

    /** Members of a list, as {@code name.member.1} and so on. */
    List<String> list(String name, Rule rule) {
        List<String> list = new ArrayList<>();
        for (int i = 1; values.containsKey(name + ".member." + i); i++) {
            list.add(required(name + ".member." + i, rule));
        }
        empty(name);
        return list;
    }

    /** Members of a list of pairs, as {@code name.member.1.Key}, {@code name.member.1.Value} and so on. */
    List<Map.Entry<String, String>> pairs(String name, Rule key, Rule value) {
        List<Map.Entry<String, String>> pairs = new ArrayList<>();
        for (int i = 1; ; i++) {
            String member = name + ".member." + i;
            if (!values.containsKey(member + ".Key") && !values.containsKey(member + ".Value")) {
                empty(name);
                return pairs;
            }
            pairs.add(Map.entry(required(member + ".Key", key), required(member + ".Value", value)));
        }
    }

    /** A list without members is a parameter with its name and no value. */
    private void empty(String name) {
        if ("".equals(values.get(name))) {
            read.add(name);
        }
    }

    /** @throws IamError with all that is wrong */
    void refuseWhatIsWrong() {
        Set<String> unknown = new LinkedHashSet<>(values.keySet());
        unknown.removeAll(read);
        if (!unknown.isEmpty()) {
            throw IamError.invalid("Not supported: "
                    + String.join(", ", unknown.stream().map(Parameters::shown).toList()));
        }
        if (!violations.isEmpty()) {
            throw IamError.violations(violations);
        }
    }

    private void violate(String name, String value, String constraint) {
        violations.add(
                "Value '" + shown(value) + "' at '" + member(name) + "' failed to satisfy constraint: " + constraint);
    }

    static String shown(String value) {
        return value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "...";
    }

    /** As errors write it: with a small initial. */
    private static String member(String name) {
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }
}
