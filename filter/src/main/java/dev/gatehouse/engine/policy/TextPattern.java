package dev.gatehouse.engine.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A text of a policy with wildcards, with variables whose values come from the request, and with the escapes
 * <code>${*}</code>, <code>${?}</code> and <code>${$}</code>. What a variable brings is taken literally. Source: AWS Identity and
 * Access Management user guide, "IAM policy elements: Variables and tags". Immutable and thread-safe.
 */
final class TextPattern {

    /** A piece of the text. */
    sealed interface Part {}

    record Literal(String text) implements Part {}

    /** @param otherwise null where there is no default */
    record Variable(String lowerCaseName, String otherwise) implements Part {}

    /** The wildcards. */
    enum Wild implements Part {
        ONE,
        MANY
    }

    private final List<Part> parts;
    private final boolean ignoreCase;

    /** Null where there are variables. */
    private final Glob fixed;

    TextPattern(List<Part> parts, boolean ignoreCase) {
        this.parts = List.copyOf(parts);
        this.ignoreCase = ignoreCase;
        this.fixed = parts.stream().anyMatch(Variable.class::isInstance) ? null : glob(ConditionKeys.NONE);
    }

    Match matches(String text, ConditionKeys keys) {
        return matches(text, 0, text.length(), keys);
    }

    Match matches(String text, int from, int to, ConditionKeys keys) {
        Glob glob = fixed == null ? glob(keys) : fixed;
        if (glob == null) {
            return Match.UNDECIDED;
        }
        return Match.of(
                ignoreCase
                        ? glob.matches(text.substring(from, to).toLowerCase(Locale.ROOT))
                        : glob.matches(text, from, to));
    }

    /** @return null where a variable has no single value and no default */
    private Glob glob(ConditionKeys keys) {
        Glob.Builder glob = new Glob.Builder();
        for (Part part : parts) {
            if (part == Wild.ONE) {
                glob.anyOne();
            } else if (part == Wild.MANY) {
                glob.anyMany();
            } else {
                String text = part instanceof Literal literal ? literal.text() : value((Variable) part, keys);
                if (text == null) {
                    return null;
                }
                glob.literal(ignoreCase ? text.toLowerCase(Locale.ROOT) : text);
            }
        }
        return glob.build();
    }

    private static String value(Variable variable, ConditionKeys keys) {
        List<String> values = keys.of(variable.lowerCaseName());
        return values.isEmpty() ? variable.otherwise() : values.size() == 1 ? values.get(0) : null;
    }

    /** Takes a text apart. */
    static final class Reader {

        private final String text;
        private final boolean wildcards;
        private final List<Part> parts = new ArrayList<>();
        private final StringBuilder literal = new StringBuilder();
        private String problem;

        /**
         * @param variables whether the policy's version has them
         * @param wildcards whether stars and question marks mean more than themselves
         */
        Reader(String text, boolean variables, boolean wildcards) {
            this.text = text;
            this.wildcards = wildcards;
            int at = 0;
            while (at < text.length() && problem == null) {
                at = variables && text.startsWith("${", at) ? variable(at) : character(at);
            }
            flush();
        }

        /** Null where the text is good; else a sentence. */
        String problem() {
            return problem;
        }

        List<Part> parts() {
            return parts;
        }

        private int character(int at) {
            char c = text.charAt(at);
            if (wildcards && (c == '*' || c == '?')) {
                flush();
                parts.add(c == '*' ? Wild.MANY : Wild.ONE);
            } else {
                literal.append(c);
            }
            return at + 1;
        }

        private int variable(int at) {
            int end = text.indexOf('}', at);
            if (end < 0) {
                problem = "has a variable that does not end: '" + text.substring(at) + "'";
                return at;
            }
            String inside = text.substring(at + 2, end);
            if (inside.equals("*") || inside.equals("?") || inside.equals("$")) {
                literal.append(inside);
                return end + 1;
            }
            int comma = inside.indexOf(',');
            String name = comma < 0 ? inside : inside.substring(0, comma);
            String otherwise = null;
            if (comma >= 0) {
                String quoted = inside.substring(comma + 1).strip();
                if (quoted.length() < 2 || !quoted.startsWith("'") || !quoted.endsWith("'")) {
                    problem = "has a variable whose default is not in single quotes: '${" + inside + "}'";
                    return at;
                }
                otherwise = quoted.substring(1, quoted.length() - 1);
            }
            if (!name.matches("[A-Za-z0-9][A-Za-z0-9:/._@=+ -]*") || name.endsWith(" ")) {
                problem = "has a variable without a proper name: '${" + inside + "}'";
                return at;
            }
            flush();
            parts.add(new Variable(name.toLowerCase(Locale.ROOT), otherwise));
            return end + 1;
        }

        private void flush() {
            if (literal.length() > 0) {
                parts.add(new Literal(literal.toString()));
                literal.setLength(0);
            }
        }
    }
}
