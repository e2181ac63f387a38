package dev.gatehouse.engine.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The substitution language of gateway responses: {@code $context.x}, {@code $stageVariables.x} and {@code
 * $method.request.header.x} in a text; everything else stands for itself. Not Velocity: no directives, no methods. Source: API
 * Gateway developer guide, "gateway responses".
 *
 * <p>Thread-safe.
 */
public final class TextTemplate {

    private final List<Function<CallFacts, String>> parts;

    private TextTemplate(List<Function<CallFacts, String>> parts) {
        this.parts = List.copyOf(parts);
    }

    /** @throws ExpressionSyntaxException where the text asks for a variable that does not exist */
    public static TextTemplate parse(String text) {
        List<Function<CallFacts, String>> parts = new ArrayList<>();
        int literal = 0;
        int dollar = text.indexOf('$');
        while (dollar >= 0) {
            int end = endOfReference(text, dollar);
            if (end > dollar + 1) {
                addLiteral(text.substring(literal, dollar), parts);
                parts.add(reference(text.substring(dollar + 1, end)));
                literal = end;
            }
            dollar = text.indexOf('$', Math.max(end, dollar + 1));
        }
        addLiteral(text.substring(literal), parts);
        return new TextTemplate(parts);
    }

    public String render(CallFacts facts) {
        StringBuilder out = new StringBuilder();
        for (Function<CallFacts, String> part : parts) {
            String value = part.apply(facts);
            out.append(value == null ? "" : value);
        }
        return out.toString();
    }

    private static void addLiteral(String literal, List<Function<CallFacts, String>> parts) {
        if (!literal.isEmpty()) {
            parts.add(facts -> literal);
        }
    }

    private static Function<CallFacts, String> reference(String name) {
        MappingSource source = MappingSource.parse(name, MappingSource.Side.GATEWAY_RESPONSE);
        return facts -> {
            List<String> values = source.values(facts);
            return values.isEmpty() ? null : String.join(",", values);
        };
    }

    /** @return the end of the reference, or the dollar's own place + 1 where it is only a dollar */
    private static int endOfReference(String text, int dollar) {
        boolean reference = text.startsWith("context.", dollar + 1)
                || text.startsWith("stageVariables.", dollar + 1)
                || text.startsWith("method.request.", dollar + 1);
        if (!reference) {
            return dollar + 1;
        }
        int end = dollar + 1;
        while (end < text.length() && isNameCharacter(text.charAt(end))) {
            end++;
        }
        // a full stop at the end belongs to the sentence, not to the name
        while (text.charAt(end - 1) == '.') {
            end--;
        }
        return end;
    }

    private static boolean isNameCharacter(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.';
    }
}
