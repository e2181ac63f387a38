package dev.gatehouse.engine.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TemplateLimitsTest {

    private static final TemplateLimits SMALL = new TemplateLimits(Duration.ofSeconds(1), 1_000, 10_000, 100_000, 20);

    /** A clock on which every look takes 10 ms. */
    private final AtomicLong clock = new AtomicLong();

    private final TemplateEngine still = new TemplateEngine(SMALL, () -> 0);
    private final TemplateEngine engine = new TemplateEngine(SMALL, () -> clock.addAndGet(10_000_000));

    @Test
    void loopOfThousandTurnsIsFine() throws Exception {
        assertThat(render(still, "#foreach($i in [1..1000])x#end")).hasSize(1_000);
    }

    @Test
    void loopEndsAfterThousandTurns() {
        assertThatThrownBy(() -> render(still, "\n#foreach($i in [1..1001])x#end"))
                .isInstanceOf(TemplateRenderException.class)
                .hasMessageContaining("#foreach runs more than 1000 times");
    }

    @Test
    void breakingOutOfALongRangeIsFine() throws Exception {
        assertThat(render(still, "#foreach($i in [1..5000])#if($i == 3)#break#end$i#end"))
                .isEqualTo("12");
    }

    @Test
    void nestedLoopsShareOneTotal() {
        assertThatThrownBy(() -> render(still, "#foreach($i in [1..1000])#foreach($j in [1..1000])#end#end"))
                .hasMessageContaining("more than 10000 turns of #foreach");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#foreach($i in [1..1000000000])#end",
                "$input.path('$').equals([1..1000000000])",
                "#set($r=[-2147483647..2147483647])$r",
                "#set($r=[2147483647..-2147483647])$r.size()"
            })
    void hugeRangeIsRefusedBeforeItIsUsed(String template) {
        assertThatThrownBy(() -> render(still, template)).hasMessageContaining("range of more than 10000 numbers");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#set($s='0123456789')#foreach($i in [1..40])#set($s=\"$s$s\")#end",
                "#set($s='0123456789')#foreach($i in [1..40])#set($s=$s+$s)#end",
                "#set($s='0123456789')#foreach($i in [1..40])#set($s=$s.concat($s))#end",
                "#set($s='0123456789')#foreach($i in [1..40])#set($s=$s.replace('0',$s))#end",
                "#set($s='0123456789')#foreach($i in [1..40])#set($s=$s.replaceAll('',$s))#end",
                "#set($s='\\')#foreach($i in [1..40])#set($s=$util.escapeJavaScript($s))#end",
                "#set($s='abc')#foreach($i in [1..900])#set($s=$util.base64Encode($s))#end",
                "#set($s='%')#foreach($i in [1..900])#set($s=$util.urlEncode(\"$s$s\"))#end",
                "#set($l=[])#foreach($i in [1..900])#set($x=$l.add($input.json('$.long')))#end",
                "#set($l=[])#foreach($i in [1..900])#set($x=$l.add($input.path('$.list').toString()))#end",
                "#foreach($i in [1..1000])#foreach($j in [1..9])0123456789012345678901234567890123456789#end#end"
            })
    void textEndsAtTheOutputSize(String template) {
        String body = "{\"long\":\"" + "x".repeat(5_000) + "\",\"list\":[\"" + "x".repeat(5_000) + "\"]}";

        assertThatThrownBy(() -> still.compile("t", template).render(TestCalls.withBody(body)))
                .isInstanceOf(TemplateRenderException.class)
                .hasMessageContaining("characters");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#set($a=[1])#foreach($i in [1..60])#set($a=[$a,$a])#end$a",
                "#set($a={'x':1})#foreach($i in [1..60])#set($a={'a':$a,'b':$a})#end$a",
                "#set($a=[1])#foreach($i in [1..60])#set($a=[$a,$a])#end#if($a == 'x')#end",
                "#set($a=[1])#set($b=[1])#foreach($i in [1..60])#set($a=[$a,$a])#set($b=[$b,$b])#end#if($a == $b)#end",
                "#set($a=[1])#foreach($i in [1..60])#set($a=[$a,$a])#end#set($s=$a+'')",
                "#set($a=[1])#foreach($i in [1..60])#set($a=[$a,$a])#end#set($m={})$m.put($a,1)",
                "#set($a=$util.parseJson('[1]'))#foreach($i in [1..60])#set($b=$util.parseJson('[]'))"
                        + "#set($x=$b.add($a))#set($x=$b.add($a))#set($a=$b)#end$a",
                "#set($a=[])#set($x=$a.add($a))$a",
                "#set($a={})#set($a.a=$a)$a.toString()",
                "#set($a=$util.parseJson('{}'))#set($a.a=$a)$util.escapeJavaScript($a)",
                "#set($a=[])#set($x=$a.add($a))$a.contains($a.get(0).iterator())$a"
            })
    void structuresThatExplodeOrContainThemselvesFail(String template) {
        assertThatThrownBy(() -> render(still, template)).isInstanceOf(TemplateRenderException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#set($l=[1])#foreach($i in [1..40])#set($x=$l.addAll($l))#end",
                "#set($l=[])#foreach($i in [1..900])#set($x=$l.add($input.path('$.list').subList(0, 900)))#end",
                "#set($l=[])#foreach($i in [1..900])#set($x=$l.add($input.path('$.map').keySet()))#end"
            })
    void itemsThatAreCopiedAreCounted(String template) {
        String list = "1,".repeat(900) + "1";
        String map = IntStream.range(0, 900).mapToObj(i -> "\"" + i + "\":1").collect(Collectors.joining(","));
        String body = "{\"list\":[" + list + "],\"map\":{" + map + "}}";

        assertThatThrownBy(() -> still.compile("t", template).render(TestCalls.withBody(body)))
                .isInstanceOf(TemplateRenderException.class)
                .hasMessageContaining("items copied");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$input.path('$').containsAll($input.path('$'))",
                "#set($x=$input.path('$').removeAll($input.path('$').subList(400, 500)))",
                "#foreach($i in [1..900])#if($input.path('$').contains('none'))#end#end",
                "#foreach($i in [1..900])#if($input.body.contains('none'))#end#end",
                "#foreach($i in [1..900])#set($x=$util.parseJson($input.body))#end"
            })
    void timeIsCheckedWhileListsAndLongTextsAreSearched(String template) {
        String body = IntStream.range(0, 20_000).mapToObj(Integer::toString).collect(Collectors.joining(",", "[", "]"));

        assertThatThrownBy(() -> engine.compile("t", template).render(TestCalls.withBody(body)))
                .hasMessageContaining("longer than 1000 ms");
    }

    @ParameterizedTest
    @ValueSource(strings = {"$s.matches($s)", "$s.replaceAll($s,'')", "$s.replaceFirst($s,'')", "$s.split($s)"})
    void longExpressionsAreRefused(String call) {
        assertThatThrownBy(() -> render(still, "#set($s='" + "a".repeat(2_001) + "')" + call))
                .hasMessageContaining("a regular expression of more than 2000 characters");
    }

    @Test
    void numbersDoNotGrowForEver() {
        assertThatThrownBy(() -> render(still, "#set($n=9)#foreach($i in [1..60])#set($n=$n*$n)#end$n"))
                .hasMessageContaining("number too large");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#macro(m)#m()#end#m()",
                "#macro(a)#b()#end#macro(b)#a()#end#a()",
                "#define($d)$d#end$d",
                "#define($a)$b#end#define($b)$a#end$a",
                "#macro(m $x)#m(\"$x\")#end#m('a')"
            })
    void recursionEndsAtTheDepth(String template) {
        assertThatThrownBy(() -> render(still, template)).isInstanceOf(TemplateRenderException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"$s.matches('R')", "$s.replaceAll('R','')", "$s.replaceFirst('R','')", "$s.split('R')"})
    void timeIsCheckedInsideARegularExpression(String call) {
        String hungry = call.replace("R", "(.*)(.*)(.*)(.*)(.*)(.*)z");

        assertThatThrownBy(() -> render(engine, "#set($s='" + "a".repeat(60) + "')" + hungry))
                .hasMessageContaining("longer than 1000 ms");
    }

    @Test
    void timeIsCheckedBetweenTurnsThatPrintNothing() {
        assertThatThrownBy(() -> render(
                        engine,
                        "#foreach($i in [1..900])#foreach($j in [1..11])#set($x=1)#set($y=2)#set($z=3)#end#end"))
                .hasMessageContaining("longer than 1000 ms");
    }

    @Test
    void timeIsCheckedBetweenMacroCallsThatPrintNothing() {
        assertThatThrownBy(() -> render(
                        engine,
                        "#macro(m)#set($n=$n + 1)#if($n < 19)#m()#m()#m()#end#set($n=$n - 1)#end#set($n=0)#m()"))
                .hasMessageContaining("longer than 1000 ms");
    }

    /** Whatever it is that the time runs out in, and whenever it does. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text",
                "\n\n  $input.json('$')",
                "a\n#set($x = $input.path('$.a'))\n$x",
                "#foreach($i in [1..700])\n  #set($x = $i)\n#end",
                "#foreach($i in [1..700])$i#end\n",
                "#macro(m)\n#set($n=$n + 1)#if($n < 12)#m()#m()#end#set($n=$n - 1)#end#set($n=0)\n#m()",
                "#define($d)#foreach($i in [1..600])$i#end#end\n$d",
                "#set($s=\"#foreach($i in [1..600])$i#end\")\n$s",
                "#set($m={})#foreach($i in [1..600])#set($m[\"$i\"]=$i)#end",
                "#if($input.params('a').replaceAll('a', 'b') == 'b')x#{else}y#end",
                "#foreach($i in [1..600])#if($i == 599)#stop#end#end"
            })
    void whereTheTimeRanOutIsNamed(String template) throws Exception {
        AtomicLong looks = new AtomicLong();
        TemplateEngine measured = new TemplateEngine(SMALL, looks::incrementAndGet);
        MappingTemplate counted = measured.compile("t", template);
        counted.render(TestCalls.withBody("{\"a\":1}"));

        for (long end = 2; end <= looks.get(); end++) {
            long last = end;
            AtomicLong look = new AtomicLong();
            MappingTemplate late = new TemplateEngine(SMALL, () -> look.incrementAndGet() < last ? 0 : Long.MAX_VALUE)
                    .compile("pets POST /pets/{id}, request template application/json", template);

            assertThatThrownBy(() -> late.render(TestCalls.withBody("{\"a\":1}")))
                    .isInstanceOf(TemplateRenderException.class)
                    .message()
                    .matches("pets POST /pets/\\{id}, request template application/json, line \\d+, column \\d+:"
                            + " rendering takes longer than 1000 ms");
        }
    }

    @Test
    void deepNestingIsAnErrorNotACrash() {
        assertThatThrownBy(
                        () -> engine.compile("t", "#set($x = " + "(".repeat(50_000) + "1" + ")".repeat(50_000) + ")"))
                .isInstanceOf(TemplateSyntaxException.class);
        assertThatThrownBy(() -> engine.compile("t", "#if(true)".repeat(50_000) + "#end".repeat(50_000)))
                .isInstanceOf(TemplateSyntaxException.class);
    }

    @Test
    void deepBodyIsNoJson() throws Exception {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);

        assertThat(still.compile("t", "$input.json('$')").render(TestCalls.withBody(deep)))
                .isEqualTo("\"\"");
    }

    private static String render(TemplateEngine engine, String template) throws Exception {
        return engine.compile("t", template).render(TestCalls.withBody(""));
    }
}
