package dev.gatehouse.engine.template;

import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * Templates for comparison: text, references, calls of tools, literals, directives within each other, white space in every form
 * that Velocity knows.
 *
 * <p>What is left out, because ours differs on purpose:
 *
 * <ul>
 *   <li>a missing member, or one that is null, as a condition or an operand: an empty string with us, which is true, as with
 *       1.7; plain 2.4.1 has null
 *   <li>an order among strings, and arithmetic with them: 1.7 has none, 2.4.1 takes strings for numbers
 *   <li>{@code +} with lists: 2.4.1 fails in the making of its own error message
 *   <li>two strings of digits compared: equal numbers with 2.4.1, different texts with 1.7
 *   <li>a backslash before a reference to a member that a map literal does not have: a member is never undefined with us, as
 *       those of JSON are not, so the backslash goes
 *   <li>a map or list within itself: Java prints {@code (this Map)} where that is plain to see, and overflows its stack elsewhere;
 *       with us it fails
 *   <li>a map that is written to while a loop runs over its entries: Java's views fail then, ours are copies
 *   <li>{@code #include}, {@code #parse}, {@code #evaluate} and reflection: closed with us
 *   <li>members of Java's classes that the list of ours does not have
 *   <li>{@code $context.identity} and the overrides themselves: print nothing, as recorded
 * </ul>
 */
final class GeneratedTemplates {

    private static final Pattern HAS_A_VARIABLE = Pattern.compile("\\$!?\\{?[mluvwx]\\b");

    private GeneratedTemplates() {}

    static Arbitrary<String> all() {
        return block(3);
    }

    private static Arbitrary<String> block(int depth) {
        return statement(depth).list().ofMinSize(1).ofMaxSize(4).map(parts -> String.join("", parts));
    }

    private static Arbitrary<String> statement(int depth) {
        if (depth == 0) {
            return Arbitraries.oneOf(text(), print(), print(), assignment());
        }
        Arbitrary<String> block = Arbitraries.lazy(() -> block(depth - 1));
        return Arbitraries.oneOf(
                text(), print(), print(), assignment(), writing(), branch(block), loop(block), named(block, depth));
    }

    private static Arbitrary<String> text() {
        return Arbitraries.of(
                " ",
                "\n",
                "\r\n",
                "\t",
                "  \n",
                "text ",
                "{\"k\": \"v\"}",
                "[1, 2]",
                "$ ",
                "$5 ",
                "$$",
                "\\$x ",
                "\\$u ",
                "\\\\$u ",
                "$.x ",
                "# ",
                "#5 ",
                "\"#FF0000\" ",
                "#unknown ",
                "a@b.c ",
                "<b/> ",
                "## gone\n",
                "  ## gone\n",
                "#* gone *#",
                "#** gone\n again *#",
                "#[[ $u #if ]]#",
                "\\#set ",
                "\"",
                "'",
                "\\ ",
                "ü\uD83D\uDE00");
    }

    private static Arbitrary<String> print() {
        Arbitrary<String> around = Arbitraries.of("<%s>", "\"%s\"", "%s", "%s.", "%s,", "%s ", "'%s'", "%s-", "$%s");
        return Combinators.combine(around, printed()).as((form, reference) -> form.replace("%s", reference));
    }

    private static Arbitrary<String> assignment() {
        Arbitrary<String> form =
                Arbitraries.of("#set($N = V)", "#set( $N=V )", "#set ($N = V)", "  #set($N = V)\n", "#set($N\n=\nV)");
        return Combinators.combine(form, Arbitraries.of("u", "v", "w-x"), expression(2))
                .as((text, name, value) -> text.replace("N", name).replace("V", value));
    }

    /** What changes a value, and prints what Java answers. */
    private static Arbitrary<String> writing() {
        Arbitrary<String> form = Arbitraries.of(
                "#set($m.k = V)",
                "#set($m.new = V)$m.new",
                "#set($m['k'] = V)$m.k",
                "#set($m[\"a-b\"] = V)$m",
                "$m.put('k', V)",
                "$l.add(V)",
                "#set($ok = $l.add(V))$l.size()",
                "$l.set(0, V)",
                "#set($l[1] = V)$l",
                "#set($context.requestOverride.header.X-A = V)$context.requestOverride.header.X-A",
                "#set($context.requestOverride.path['p'] = V)$context.requestOverride.path.get('p')",
                "$context.responseOverride.header.put('h', V)$context.responseOverride.header.h",
                "#set($context.responseOverride.status = 404)$context.responseOverride.status");
        Arbitrary<String> value =
                expression(1).filter(text -> !HAS_A_VARIABLE.matcher(text).find());
        return Combinators.combine(form, value).as((text, written) -> text.replace("V", written));
    }

    private static Arbitrary<String> branch(Arbitrary<String> block) {
        Arbitrary<String> form = Arbitraries.of(
                "#if(C)A#else B#end",
                "#if( C )A#{else}B#{end}",
                "#if (C) A #elseif(D) B #else none #end",
                "\n  #if(C)\n    A\n  #else\n    B\n  #end\n",
                "#if(C)A#elseif(D)B#end",
                "#if(!(C))A#end",
                "#if(C && D)A#end",
                "#if(C || D)A#else\nB#end\n",
                "{#if(C)\"a\": A#end}");
        return Combinators.combine(form, expression(2), expression(1), block, block)
                .as((text, condition, other, yes, no) -> text.replace("C", "\1")
                        .replace("D", "\2")
                        .replace("A", "\3")
                        .replace("B", "\4")
                        .replace("\1", condition)
                        .replace("\2", other)
                        .replace("\3", yes)
                        .replace("\4", no));
    }

    private static Arbitrary<String> loop(Arbitrary<String> block) {
        Arbitrary<String> form = Arbitraries.of(
                "#foreach($i in I)B$foreach.index$i#if($foreach.hasNext),#end#end",
                "#foreach( $i in I )\n  B$foreach.count\n#end\n",
                "#foreach($i in I)$i#if($foreach.first)first#end#if($foreach.last)last#end B#end",
                "#foreach($i in I)#if($foreach.count > 1)#break#end B#end",
                "#foreach($i in I)#foreach($j in [1..2])$foreach.parent.index$foreach.count$i$j B#end#end",
                "#foreach($i in I)#set($x = $i)#end$x B",
                "#foreach($i in I)$i.id B#end",
                "#foreach($i in I)#stop#end B");
        Arbitrary<String> items = Arbitraries.of(
                "$t.list",
                "$t.items",
                "$t.none",
                "$input.path('$.items')",
                "$input.path('$..id')",
                "$t.o.deep.l",
                "[1..3]",
                "[3..1]",
                "[0..$u]",
                "[$u..$t.n]",
                "['a','b']",
                "[['a'],['b','c']]",
                "$missing",
                "$missing.keySet()",
                "$t.o.keySet()",
                "$t.o.deep.entrySet()",
                "$t.o.values()",
                "{'a':1,'b':2}",
                "$input.params().keySet()",
                "$l",
                "[]");
        return Combinators.combine(form, items, block)
                .as((text, over, body) ->
                        text.replace("I", "\1").replace("B", body).replace("\1", over));
    }

    /** Blocks and macros. Their names differ with the depth, as a macro must not call itself. */
    private static Arbitrary<String> named(Arbitrary<String> block, int depth) {
        Arbitrary<String> form = Arbitraries.of(
                "#define($dN)B#end[$dN]",
                "#define( $dN )\nB\n#end\n$dN$dN",
                "#macro(mN $u)B#end#mN(5)",
                "#macro(mN $a $b)$a-$b B#end#mN('x' $t.s)#mN(\"${u}\" [1])",
                "#macro(mN)B#end#mN()#mN",
                "#macro(mN $a)<$a>$bodyContent</$a>#end#@mN('p')B#end");
        return Combinators.combine(form, block, Arbitraries.integers().between(0, 9))
                .as((text, body, number) ->
                        text.replace("N", "x" + depth + "y" + number).replace("B", body));
    }

    /** In a condition ours takes a missing member for an empty string, as 1.7 does; the reference for false. So only printed. */
    private static Arbitrary<String> printed() {
        return Arbitraries.oneOf(
                reference(),
                Arbitraries.of(
                        "$t.nothing",
                        "$t.nothing.more",
                        "$t.s.nothing()",
                        "$input.nothing",
                        "$t.z",
                        "$input.path('$.nothing')",
                        "$input.path('$.nothing').more",
                        "$input.json('$.nothing').more",
                        "$util.toJson($t)",
                        "$stageVariables.none",
                        "$context.nothing",
                        "$!t.nothing",
                        "${t.nothing}",
                        "$m.get('nothing')",
                        "$m.nothing"));
    }

    private static Arbitrary<String> reference() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                        "$u",
                        "${u}",
                        "$!v",
                        "$!{v}",
                        "$v",
                        "${w-x}",
                        "$w-x",
                        "$missing",
                        "$missing.more.still",
                        "$m",
                        "$m.k",
                        "$m['k']",
                        "$l",
                        "$l[0]",
                        "$l.get(1)",
                        "$x"),
                Arbitraries.of(
                        "$t.s",
                        "${t.n}",
                        "$t.d",
                        "$t.b",
                        "$t.q",
                        "$t.e",
                        "$t.list",
                        "$t.list[0]",
                        "$t.list[-1]",
                        "$t.list.get(1)",
                        "$t.list.size()",
                        "$t.none",
                        "$t.o",
                        "$t.o.x",
                        "$t.o.deep.l",
                        "$t.o.deep.l[1].m",
                        "$t['s']",
                        "$t.o['x']",
                        "$t.get('s')",
                        "$t.items",
                        "$t.items[0]",
                        "$t.items[1].part-key",
                        "$t.items.get(0).id",
                        "$t.list[9]",
                        "$t.list.get(9)"),
                Arbitraries.of(
                        "$t.s.length()",
                        "$t.s.toUpperCase()",
                        "$t.s.substring(1,3)",
                        "$t.s.substring(9)",
                        "$t.list.contains(2)",
                        "$t.size()",
                        "$t.o.isEmpty()",
                        "$t.s.replace('t','T')",
                        "$t.s.replaceAll('[a-e]','_')",
                        "$t.s.split('e').size()",
                        "$t.s.indexOf('x')",
                        "$t.s.contains(\"ex\")",
                        "$t.s.equals('text')",
                        "$t.s.concat($u.toString())",
                        "$t.list.isEmpty()",
                        "$t.list.indexOf(3)",
                        "$t.o.keySet()",
                        "$t.o.containsKey('x')",
                        "$u.toString()",
                        "$t.s.empty",
                        "$t.list.subList(0,2).size()",
                        "$t.items.toString()",
                        "$t.o.toString()"),
                Arbitraries.of(
                        "$input.body",
                        "$input.path('$.s')",
                        "$input.path('$.o.deep').l",
                        "$input.path('$.items[1].id')",
                        "$input.path(\"$.items[0]\")",
                        "$input.path('$..id')",
                        "$input.path('$.list').size()",
                        "$input.json('$')",
                        "$input.json('$.o')",
                        "$input.json('$.s')",
                        "$input.json('$.d')",
                        "$input.json('$.items[*].n')",
                        "$input.json('$.nothing')",
                        "$input.params('page')",
                        "$input.params('nothing')",
                        "$input.params().querystring.name",
                        "$input.params().get('querystring').get('page')"),
                Arbitraries.of(
                        "$util.escapeJavaScript($t.q)",
                        "$util.escapeJavaScript($t.q).replaceAll(\"\\\\'\",\"'\")",
                        "$util.escapeJavaScript($input.json('$.o'))",
                        "$util.urlEncode($t.q)",
                        "$util.urlDecode('a+b%2Fc')",
                        "$util.base64Encode($t.q)",
                        "$util.base64Decode('aMO8')",
                        "$util.base64Decode('!')",
                        "$util.parseJson('{\"a\":[1,{\"b\":2}]}')",
                        "$util.parseJson('{\"a\":[1,{\"b\":2}]}').a[1].b",
                        "$stageVariables.color",
                        "$stageVariables['color']",
                        "$stageVariables.get('color').length()",
                        "$context.requestId",
                        "$context.get('stage')",
                        "${context.stage}"));
    }

    private static Arbitrary<String> expression(int depth) {
        Arbitrary<String> number = Arbitraries.integers().between(-3, 12).map(String::valueOf);
        Arbitrary<String> string = Arbitraries.of(
                "'a'",
                "\"a\"",
                "''",
                "\"\"",
                "\"text\"",
                "\"is $u\"",
                "\"${t.s}!\"",
                "'$u'",
                "\"$missing\"",
                "\"#if($u == 3)three#{else}other#end\"",
                "\"#foreach($k in [1..2])$k;#end\"",
                "\"it''s\"",
                "'say \"no\"'",
                "\"$t.o and $t.list\"");
        Arbitrary<String> leaf = Arbitraries.oneOf(number, string, reference(), Arbitraries.of("true", "false"));
        if (depth == 0) {
            return leaf;
        }
        Arbitrary<String> below = Arbitraries.lazy(() -> expression(depth - 1));
        Arbitrary<String> logic = Combinators.combine(
                        below, Arbitraries.of("==", "!=", "&&", "||", "eq", "ne", "and", "or"), below)
                .as((left, operator, right) -> "(" + left + " " + operator + " " + right + ")");
        Arbitrary<String> order = Combinators.combine(
                        number, Arbitraries.of("<", "<=", ">", ">=", "lt", "ge", "+", "-", "*", "/", "%"), number)
                .as((left, operator, right) -> "(" + left + " " + operator + " " + right + ")");
        Arbitrary<String> nested = Combinators.combine(number, number, number)
                .as((a, b, c) -> "((" + a + " + " + b + ") * (" + c + " - $t.n))");
        Arbitrary<String> joined = string.map(text -> "(" + text + " + 1 + 'x')");
        Arbitrary<String> list = Combinators.combine(below, leaf).as((a, b) -> "[" + a + ", " + b + "]");
        Arbitrary<String> map = Combinators.combine(leaf, below).as((a, b) -> "{'k': " + a + ", \"z\":" + b + "}");
        return Arbitraries.oneOf(
                leaf,
                logic,
                order,
                nested,
                joined,
                list,
                map,
                below.map(value -> "!" + value),
                below.map(value -> "not " + value));
    }
}
