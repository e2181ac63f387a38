package dev.gatehouse.engine.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.engine.expression.CallContext;
import dev.gatehouse.engine.json.JsonText;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateSandboxTest {

    private final TemplateEngine engine = new TemplateEngine(TemplateLimits.DEFAULT);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$input.class",
                "$input.class.forName('java.lang.Runtime')",
                "$input.getClass()",
                "$input.getClass().getClassLoader()",
                "$util.getClass().forName('java.lang.System').exit(1)",
                "$util.class.classLoader",
                "#set($x='')$x.class.forName('java.lang.Runtime').getMethod('exec',$x.class)",
                "#set($x=1)$x.class",
                "#set($x=[])$x.class.name",
                "#set($x={})$x.getClass().name",
                "#set($x=true)$x.class",
                "#set($x=[1..2])$x.class",
                "#set($x=$x.class.classLoader)$x",
                "#foreach($i in [1])$foreach.class$foreach.info$foreach.owner$foreach.replaced#end",
                "#foreach($i in [1])#set($foreach.x = 1)#end",
                "$context.class$context.getClass()$context.identity.class",
                "$context.identity.live$context.call",
                "$stageVariables.class",
                "$input.body.class",
                "$input.body.bytes$input.body.getBytes()$input.body.chars()",
                "$input.path('$').class$input.path('$').getClass()",
                "$input.call$input.queries$input.parameters",
                "$input.hashCode()$input.notify()$input.wait()",
                "#define($b)x#end$b.class$b.parent$b.context",
                "#set($s='%99999999d')$s.format($s,1)$s.repeat(9)$s.toCharArray()",
                "$rsvc$runtime$esc$class$request$response$application"
            })
    void nothingBehindAValueIsReachable(String template) throws Exception {
        assertThat(render(template)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"include", "parse", "evaluate"})
    void directivesThatReadOrRunAreSyntaxErrors(String name) {
        assertThatThrownBy(() -> engine.compile("t", "a\n  #" + name + "('/etc/passwd')"))
                .isInstanceOf(TemplateSyntaxException.class)
                .hasMessage("t, line 2, column 3: #" + name + " is not allowed in mapping templates");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#macro(m)#evaluate('x')#end",
                "#set($x = \"#evaluate('x')\")",
                "#set($x = \"a #if(true) #parse('x') #end\")",
                "#define($d)#{include}('x')#end",
                "#if(true)#{evaluate}('x')#end",
                "$util.urlEncode(\"#include('x')\")"
            })
    void norDoTheyHideAnywhere(String template) {
        assertThatThrownBy(() -> {
                    String rendered = engine.compile("t", template).render(TestCalls.withBody(""));
                    throw new AssertionError("rendered: " + rendered);
                })
                .isInstanceOf(TemplateSyntaxException.class)
                .hasMessageContaining("not allowed");
    }

    @Test
    void memberNamedClassIsOrdinaryData() throws Exception {
        assertThat(engine.compile("t", "$input.path('$').class").render(TestCalls.withBody("{\"class\":\"first\"}")))
                .isEqualTo("first");
    }

    @Test
    void macrosAreNotSharedBetweenTemplates() throws Exception {
        MappingTemplate owner = engine.compile("same name", "#macro(secret)mine#end#secret()");
        MappingTemplate stranger = engine.compile("same name", "[#secret()]");

        assertThat(owner.render(TestCalls.withBody(""))).isEqualTo("mine");
        assertThat(stranger.render(TestCalls.withBody(""))).isEqualTo("[#secret()]");
    }

    @Test
    void macrosOfOneNameStayApart() throws Exception {
        MappingTemplate one = engine.compile("t", "#macro(m)one#end#m()");
        MappingTemplate two = engine.compile("t", "#macro(m)two#end#m()");

        assertThat(one.render(TestCalls.withBody(""))).isEqualTo("one");
        assertThat(two.render(TestCalls.withBody(""))).isEqualTo("two");
    }

    @Test
    void variablesDoNotOutliveTheirRendering() throws Exception {
        MappingTemplate template =
                engine.compile("t", "[$x]#set($x='left behind')#set($input='gone')#set($util='gone')");

        assertThat(template.render(TestCalls.withBody(""))).isEqualTo("[]");
        assertThat(template.render(TestCalls.withBody(""))).isEqualTo("[]");
        assertThat(render("$input.body")).isEqualTo("{}");
    }

    @Test
    void callsAtTheSameTimeDoNotMix() throws Exception {
        MappingTemplate template = engine.compile(
                "t",
                "#macro(m $x)$x#end#define($d)$v#end#set($v=$input.path('$.a'))#foreach($i in [1..9])#m($v)$d#end");

        IntStream.range(0, 4_000).parallel().forEach(i -> {
            try {
                assertThat(template.render(TestCalls.withBody("{\"a\":\"<" + i + ">\"}")))
                        .isEqualTo(("<" + i + ">").repeat(18));
            } catch (TemplateRenderException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void stageVariablesOfACallCannotBeChanged() throws Exception {
        Map<String, String> variables = Map.of("a", "b");
        TemplateCall call = new TemplateCall(JsonText.of(""), RequestParameters.NONE, TestCalls.context(), variables);

        engine.compile("t", "#set($stageVariables.a = 'c')").render(call);

        assertThat(engine.compile("t", "$stageVariables.a").render(call)).isEqualTo("b");
    }

    @Test
    void overridesAreUntouchedByTemplatesThatDoNotAskForThem() throws Exception {
        CallContext context = TestCalls.context();

        engine.compile("t", "$context.requestId $context.identity.sourceIp")
                .render(new TemplateCall(JsonText.of(""), RequestParameters.NONE, context, Map.of()));

        assertThat(context.overrides().requestTouched()).isFalse();
        assertThat(context.overrides().responseTouched()).isFalse();
    }

    @Test
    void syntaxErrorSaysWhere() {
        assertThatThrownBy(() -> engine.compile("POST /pets", "{\n  \"a\": #set($x = )\n}"))
                .isInstanceOfSatisfying(TemplateSyntaxException.class, e -> {
                    assertThat(e.template()).isEqualTo("POST /pets");
                    assertThat(e.line()).isEqualTo(2);
                    assertThat(e.column()).isEqualTo(18);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"#if(true)", "#foreach($x in", "#foreach($x)#end", "#set($x = [1,)", "${x", "#macro()#end"})
    void brokenTextIsASyntaxError(String template) {
        assertThatThrownBy(() -> engine.compile("t", template)).isInstanceOf(TemplateSyntaxException.class);
    }

    @Test
    void renderErrorSaysWhere() throws Exception {
        MappingTemplate template = engine.compile("t", "a\n  $util.parseJson('{')");

        assertThatThrownBy(() -> template.render(TestCalls.withBody("")))
                .isInstanceOfSatisfying(TemplateRenderException.class, e -> {
                    assertThat(e.line()).isEqualTo(2);
                    assertThat(e.column()).isEqualTo(9);
                    assertThat(e).hasMessageContaining("$util.parseJson: ");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$util.base64Decode('!')",
                "$util.urlDecode('%zz')",
                "#set($l=[1])$l.get(5)",
                "#set($l=[1])$l[5]",
                "#set($s='abc')$s.substring(9)",
                "#set($s='abc')$s.replaceAll('(','x')",
                "$input.path('$[')",
                "$input.path('$..[?(@.x =~ /(a+)+$/)]')"
            })
    void whatFailsInJavaFailsTheRendering(String template) throws Exception {
        MappingTemplate compiled = engine.compile("t", template);

        assertThatThrownBy(() -> compiled.render(TestCalls.withBody("{}")))
                .isInstanceOf(TemplateRenderException.class)
                .hasMessageStartingWith("t, line 1, column ");
    }

    private String render(String template) throws Exception {
        return engine.compile("t", template).render(TestCalls.withBody(""));
    }
}
