package dev.gatehouse.engine.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.velocity.exception.ParseErrorException;

/** The language itself is Velocity's: small generated templates print the same on ours and on a plain one. */
class DifferentialTest {

    static final String BODY = "{\"s\":\"text\",\"n\":7,\"b\":true,\"list\":[1,2,3],\"o\":{\"x\":\"y\"}}";

    private static final TemplateEngine ENGINE = new TemplateEngine(TemplateLimits.DEFAULT);
    private static final ReferenceVelocity REFERENCE = new ReferenceVelocity();
    private static final String PREAMBLE = "#set($t=$input.path('$'))#set($u=3)";

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void printsTheSameAsPlainVelocity(@ForAll("templates") String template) throws Exception {
        assertThat(ours(PREAMBLE + template + "|")).isEqualTo(plain(PREAMBLE + template + "|"));
    }

    private static String ours(String template) throws TemplateRenderException {
        try {
            return ENGINE.compile("t", template).render(TestCalls.withBody(BODY));
        } catch (TemplateSyntaxException e) {
            return "syntax error";
        }
    }

    private static String plain(String template) {
        try {
            return REFERENCE.render(template, Map.of("input", new ReferenceVelocity.Input()));
        } catch (ParseErrorException e) {
            return "syntax error";
        }
    }

    @Provide
    Arbitrary<String> templates() {
        return block(2);
    }

    private static Arbitrary<String> block(int depth) {
        return statement(depth).list().ofMinSize(1).ofMaxSize(4).map(parts -> String.join("", parts));
    }

    private static Arbitrary<String> statement(int depth) {
        Arbitrary<String> text = Arbitraries.of(
                " ",
                "\n",
                "text ",
                "{\"k\": \"v\"}",
                "$ ",
                "$5 ",
                "\\$x ",
                "# ",
                "## gone\n",
                "#* gone *#",
                "  \n",
                "\"",
                "'");
        Arbitrary<String> print = printed().map(reference -> "<" + reference + ">");
        Arbitrary<String> quoted = printed().map(reference -> "\"" + reference + "\"");
        Arbitrary<String> set = Combinators.combine(variable(), expression(2), Arbitraries.of("", "\n"))
                .as((name, value, end) -> "#set($" + name + " = " + value + ")" + end);
        if (depth == 0) {
            return Arbitraries.oneOf(text, print, quoted, set);
        }
        Arbitrary<String> block = Arbitraries.lazy(() -> block(depth - 1));
        Arbitrary<String> branch = Combinators.combine(expression(2), block, block)
                .as((condition, yes, no) -> "#if(" + condition + ")" + yes + "#else " + no + "#end");
        Arbitrary<String> lineBranch = Combinators.combine(expression(2), block)
                .as((condition, yes) -> "\n  #if(" + condition + ")\n" + yes + "\n  #end\n");
        Arbitrary<String> loop = Combinators.combine(iterable(), block)
                .as((items, body) ->
                        "#foreach($i in " + items + ")" + body + "$foreach.index$i#if($foreach.hasNext),#end#end");
        Arbitrary<String> define = block.map(body -> "#define($d" + depth + ")" + body + "#end[$d" + depth + "]");
        Arbitrary<String> macro = block.map(body -> "#macro(m" + depth + " $u)" + body + "#end#m" + depth + "(5)");
        return Arbitraries.oneOf(text, print, quoted, set, branch, lineBranch, loop, define, macro);
    }

    private static Arbitrary<String> variable() {
        return Arbitraries.of("u", "v", "w-x");
    }

    /** In a condition ours takes a missing member for an empty string, as 1.7 does; the reference for false. So only printed. */
    private static Arbitrary<String> printed() {
        return Arbitraries.oneOf(reference(), Arbitraries.of("$t.none.more", "$t.s.nothing()", "$input.nothing"));
    }

    private static Arbitrary<String> reference() {
        return Arbitraries.of(
                "$u",
                "${u}",
                "$!v",
                "$v",
                "${w-x}",
                "$missing",
                "$missing.more.still",
                "$t.s",
                "${t.n}",
                "$t.none",
                "$t.list",
                "$t.list[0]",
                "$t.list[-1]",
                "$t.list.get(1)",
                "$t.list.size()",
                "$t.s.length()",
                "$t.o.x",
                "$t['s']",
                "$t.o['x']",
                "$t.get('s')",
                "$t.s.toUpperCase()",
                "$t.s.substring(1,3)",
                "$t.list.contains(2)",
                "$t.size()",
                "$t.o.isEmpty()",
                "$input.body",
                "$t.s.replace('t','T')",
                "$t.s.replaceAll('[a-e]','_')",
                "$t.list.isEmpty()",
                "$u.toString()",
                "$t.b",
                "$t.s.empty");
    }

    private static Arbitrary<String> iterable() {
        return Arbitraries.of(
                "$t.list", "[1..3]", "[3..1]", "['a','b']", "$missing", "$missing.keySet()", "{'a':1,'b':2}", "[]");
    }

    private static Arbitrary<String> expression(int depth) {
        Arbitrary<String> number = Arbitraries.integers().between(-3, 12).map(String::valueOf);
        Arbitrary<String> string =
                Arbitraries.of("'a'", "\"a\"", "''", "\"text\"", "\"is $u\"", "\"${t.s}!\"", "'$u'", "\"$missing\"");
        Arbitrary<String> leaf = Arbitraries.oneOf(number, string, reference(), Arbitraries.of("true", "false"));
        if (depth == 0) {
            return leaf;
        }
        Arbitrary<String> below = Arbitraries.lazy(() -> expression(depth - 1));
        // Not < with strings, nor + with lists: there ours is Velocity 1.7, and the reference fails in its own error
        // message.
        Arbitrary<String> operation = Arbitraries.oneOf(
                Combinators.combine(below, Arbitraries.of("==", "!=", "&&", "||"), below)
                        .as((left, operator, right) -> "(" + left + " " + operator + " " + right + ")"),
                Combinators.combine(number, Arbitraries.of("<", "<=", ">", ">=", "+"), number)
                        .as((left, operator, right) -> "(" + left + " " + operator + " " + right + ")"),
                string.map(text -> "(" + text + " + 1 + 'x')"));
        Arbitrary<String> arithmetic = Combinators.combine(number, Arbitraries.of("-", "*", "/", "%"), number)
                .as((left, operator, right) -> "(" + left + " " + operator + " " + right + ")");
        Arbitrary<String> list = Combinators.combine(leaf, leaf).as((a, b) -> "[" + a + ", " + b + "]");
        Arbitrary<String> map = leaf.map(value -> "{'k': " + value + "}");
        return Arbitraries.oneOf(leaf, operation, arithmetic, list, map, below.map(value -> "!" + value));
    }
}
