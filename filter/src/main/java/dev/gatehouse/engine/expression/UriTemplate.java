package dev.gatehouse.engine.expression;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code uri} of an integration: text with {@code {name}}, filled from the path mappings, and {@code
 * ${stageVariables.name}}. Source: API Gateway developer guide, "stage variables", and recordings.
 *
 * <p>Whom to call is the owner's decision: {@code {name}} may not stand before the path, so that nothing a caller sends
 * changes scheme, host or port. Values of callers are encoded to stay inside the path or query they stand in.
 *
 * <p>Thread-safe.
 */
public final class UriTemplate {

    private static final Pattern VARIABLE =
            Pattern.compile("\\$\\{stageVariables\\.([A-Za-z0-9_]+)}|(\\$?)\\{([^{}$]+)}");
    private static final Pattern AUTHORITY = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*");

    /** A value for {@code {name}}. */
    public record Value(String text, boolean encoded) {}

    private sealed interface Part {}

    private record Literal(String text) implements Part {}

    private record StageVariable(String name) implements Part {}

    private record Placeholder(String name, boolean inQuery) implements Part {}

    private final List<Part> parts;
    private final Set<String> placeholders;
    private final Set<String> stageVariables;

    private UriTemplate(List<Part> parts, Set<String> placeholders, Set<String> stageVariables) {
        this.parts = List.copyOf(parts);
        this.placeholders = placeholders;
        this.stageVariables = stageVariables;
    }

    /** @throws ExpressionSyntaxException where a placeholder stands in scheme, host or port, and for {@code ${name}} */
    public static UriTemplate parse(String text) {
        List<Part> parts = new ArrayList<>();
        Set<String> placeholders = new LinkedHashSet<>();
        Set<String> stageVariables = new LinkedHashSet<>();
        int pathStart = endOfAuthority(text);
        Matcher matcher = VARIABLE.matcher(text);
        int literal = 0;
        while (matcher.find()) {
            parts.add(new Literal(text.substring(literal, matcher.start())));
            if (matcher.group(1) != null) {
                parts.add(new StageVariable(matcher.group(1)));
                stageVariables.add(matcher.group(1));
            } else if (matcher.group(2).isEmpty()) {
                if (matcher.start() < pathStart) {
                    throw new ExpressionSyntaxException("{" + matcher.group(3)
                            + "} stands in the host part: whom to call cannot depend on the caller");
                }
                parts.add(new Placeholder(matcher.group(3), text.lastIndexOf('?', matcher.start()) >= pathStart));
                placeholders.add(matcher.group(3));
            } else {
                throw new ExpressionSyntaxException("${" + matcher.group(3)
                        + "} is neither ${stageVariables.name} nor {name} with a mapping for it");
            }
            literal = matcher.end();
        }
        parts.add(new Literal(text.substring(literal)));
        return new UriTemplate(parts, Set.copyOf(placeholders), Set.copyOf(stageVariables));
    }

    /** Where path and query begin: behind the host, which itself may hold stage variables with slashes in their values. */
    private static int endOfAuthority(String text) {
        Matcher variables = VARIABLE.matcher(text);
        StringBuilder plain = new StringBuilder(text);
        while (variables.find()) {
            for (int i = variables.start(); i < variables.end(); i++) {
                plain.setCharAt(i, 'x');
            }
        }
        Matcher authority = AUTHORITY.matcher(plain);
        if (authority.find()) {
            return authority.end();
        }
        // "${stageVariables.url}/path": the variable brings scheme and host
        int slash = plain.indexOf("/");
        return slash < 0 ? plain.length() : slash;
    }

    public Set<String> placeholders() {
        return placeholders;
    }

    public Set<String> stageVariables() {
        return stageVariables;
    }

    /**
     * @param values for placeholders; a missing one becomes empty
     * @param variables of the stage; a missing one becomes empty
     */
    public String expand(Map<String, Value> values, Map<String, String> variables) {
        if (parts.size() == 1) {
            return ((Literal) parts.get(0)).text;
        }
        StringBuilder uri = new StringBuilder();
        for (Part part : parts) {
            if (part instanceof Literal literal) {
                uri.append(literal.text);
            } else if (part instanceof StageVariable variable) {
                uri.append(variables.getOrDefault(variable.name, ""));
            } else if (part instanceof Placeholder placeholder && values.get(placeholder.name) != null) {
                Value value = values.get(placeholder.name);
                appendEncoded(value, placeholder.inQuery, uri);
            }
        }
        return uri.toString();
    }

    private static void appendEncoded(Value value, boolean inQuery, StringBuilder uri) {
        String keep = inQuery ? "-._~:@!$'()*,/?" : "-._~:@!$&'()*+,;=/";
        for (byte b : value.text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean alphanumeric = c < 0x80 && Character.isLetterOrDigit(c);
            boolean keptPercent = c == '%' && value.encoded;
            if (alphanumeric || keptPercent || keep.indexOf(c) >= 0) {
                uri.append(c);
            } else {
                uri.append('%').append(hex(b >> 4)).append(hex(b));
            }
        }
    }

    private static char hex(int nibble) {
        return Character.toUpperCase(Character.forDigit(nibble & 0xf, 16));
    }
}
