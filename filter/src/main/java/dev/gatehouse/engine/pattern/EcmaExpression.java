package dev.gatehouse.engine.pattern;

import java.util.Map;

/**
 * JavaScript's regular expressions in Java's words. The two differ where it matters to a validator: Java's {@code $} matches
 * before a last line break, its classes nest, and it knows possessive quantifiers and flags, which are refused here because a
 * browser would read something else.
 */
final class EcmaExpression {

    private static final String SPACE =
            "\\t-\\r \\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff";
    private static final String GROUPS = ":=!";
    private static final String ESCAPED_LETTERS = "dDwWbBfnrtcxukpP";

    /** Escapes that Java reads otherwise. */
    private static final Map<Character, String> OUTSIDE =
            Map.of('s', "[" + SPACE + "]", 'S', "[^" + SPACE + "]", 'v', "\\x0B", '0', "\\x00");

    private static final Map<Character, String> INSIDE = Map.of('s', SPACE, 'v', "\\x0B", '0', "\\x00", 'b', "\\x08");

    private final String text;
    private final StringBuilder out = new StringBuilder();
    private int at;

    private EcmaExpression(String text) {
        this.text = text;
    }

    /** @throws IllegalArgumentException where Java would read an expression that JavaScript does not have */
    static String toJava(String text) {
        EcmaExpression expression = new EcmaExpression(text);
        while (expression.at < text.length()) {
            expression.next();
        }
        return expression.out.toString();
    }

    private void next() {
        char c = text.charAt(at);
        switch (c) {
            case '\\' -> escape(OUTSIDE);
            case '[' -> characterClass();
            case '$' -> append("\\z");
            case '.' -> append("[^\\n\\r\\u2028\\u2029]");
            case '(' -> group();
            case '*', '+', '?', '}' -> quantifier(c);
            default -> append(String.valueOf(c));
        }
    }

    private void append(String java) {
        out.append(java);
        at++;
    }

    private void escape(Map<Character, String> otherwise) {
        if (at + 1 == text.length()) {
            throw broken("a backslash at the end");
        }
        char escaped = text.charAt(at + 1);
        String java = otherwise.get(escaped);
        boolean letter = Character.isLetter(escaped);
        if (java == null && letter && ESCAPED_LETTERS.indexOf(escaped) < 0) {
            throw broken("\\" + escaped);
        }
        out.append(java != null ? java : "\\" + escaped);
        at += 2;
    }

    private void characterClass() {
        boolean negated = text.startsWith("[^", at);
        at += negated ? 2 : 1;
        if (text.startsWith("]", at)) {
            // JavaScript's empty class matches nothing, its negation everything
            out.append(negated ? "[\\s\\S]" : "(?!)");
            at++;
            return;
        }
        out.append(negated ? "[^" : "[");
        while (at < text.length() && text.charAt(at) != ']') {
            char c = text.charAt(at);
            if (c == '\\') {
                if (text.startsWith("\\S", at)) {
                    throw broken("\\S in a class");
                }
                escape(INSIDE);
            } else {
                append(c == '[' || c == '&' || c == '^' ? "\\" + c : String.valueOf(c));
            }
        }
        if (at == text.length()) {
            throw broken("a class without end");
        }
        append("]");
    }

    private void group() {
        if (text.startsWith("(?", at)) {
            char kind = at + 2 < text.length() ? text.charAt(at + 2) : ' ';
            boolean named = kind == '<' && at + 3 < text.length();
            if (GROUPS.indexOf(kind) < 0 && !named) {
                throw broken("(?" + kind);
            }
            out.append("(?").append(kind);
            at += 3;
            return;
        }
        append("(");
    }

    /** A lazy one may follow, a possessive one not. */
    private void quantifier(char c) {
        append(String.valueOf(c));
        if (text.startsWith("+", at)) {
            throw broken(c + "+");
        }
        if (text.startsWith("?+", at)) {
            throw broken(c + "?+");
        }
        if (c != '?' && text.startsWith("?", at)) {
            append("?");
        }
    }

    private IllegalArgumentException broken(String what) {
        return new IllegalArgumentException(
                "'" + text + "' is not a regular expression of ECMA 262: " + what + " at " + at);
    }
}
